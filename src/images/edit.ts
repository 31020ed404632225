import type { Count, Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { randomToken } from '../lib/secret.ts';
import { slugOf } from '../lib/slug.ts';
import type { Tier } from '../lib/tiers.ts';
import type { Visibility } from '../lib/visibility.ts';
import { enqueue } from '../queue/index.ts';
import { countsOfChanges, recount, type Change } from './counts.ts';
import { placedOf, type PlacedRow } from './hold.ts';
import { checkNopin, type NopinRule } from './nopin.ts';
import { forgetWords } from './provenance.ts';
import { setTags } from './tags/set.ts';

/** What an owner may change of an image; what is left out stays as it is. */
export interface EditForm {
  title?: string | undefined;
  caption?: string | undefined;
  alt?: string | undefined;
  creator?: string | undefined;
  licence?: string | undefined;
  pageUrl?: string | null | undefined;
  visibility?: Visibility | undefined;
  showName?: boolean | undefined;
  resolution?: Tier | undefined;
  tags?: string[] | undefined;
}

interface Row extends PlacedRow {
  resolution: Tier;
  nopin: boolean | number;
  page_url: string | null;
}

/** The row of an own image, locked until the transaction ends. */
async function lockOwn(trx: Db, ownerId: number, id: number): Promise<Row> {
  const row: Row | undefined = await trx('images').where({ id, owner_id: ownerId }).forUpdate().first();
  if (!row) throw notFound();
  return row;
}

/** Changes an own image. With its visibility every address of its bytes changes too. */
export async function editImage(
  db: Db,
  ownerId: number,
  id: number,
  form: EditForm,
  { nopin = 'private', now = Date.now() }: { nopin?: NopinRule; now?: number } = {},
) {
  await db.transaction(async (trx) => {
    const row = await lockOwn(trx, ownerId, id);
    if (row.binned_at !== null) throw notFound();
    const before = placedOf(row);
    const after = {
      ...before,
      visibility: form.visibility ?? before.visibility,
      showName: form.showName ?? before.showName,
    };
    // What others see already, from before the setting, may still be put right in its words.
    if (after.visibility !== before.visibility) checkNopin(nopin, Boolean(row.nopin), after.visibility);
    await trx('images')
      .where({ id })
      .update({ ...changedColumns(form), updated_at: now });
    if (form.pageUrl !== undefined && form.pageUrl !== row.page_url) await forgetWords(trx, id);
    const tagged = form.tags ? await setTags(trx, before, form.tags, now) : [];
    await recount(trx, before, after, tagged);
    if (after.visibility !== before.visibility) await renewPublicKeys(trx, id);
    if (form.resolution === 'full' && row.resolution !== 'full') await enqueue(trx, 'makeTiers', { image: id });
  });
}

function changedColumns(form: EditForm) {
  const { title, caption, alt, creator, licence, visibility, resolution } = form;
  const columns = {
    title,
    caption,
    alt,
    creator,
    licence,
    visibility,
    resolution,
    slug: title === undefined ? undefined : slugOf(title),
    page_url: form.pageUrl,
    show_name: form.showName,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}

async function renewPublicKeys(trx: Db, imageId: number) {
  const tiers: string[] = await trx('files').where({ image_id: imageId }).pluck('tier');
  for (const tier of tiers) await trx('files').where({ image_id: imageId, tier }).update({ public_key: randomToken() });
}

/** Puts an own image into the bin, or takes it back; doing either twice is doing it once. */
export async function setBinned(db: Db, ownerId: number, id: number, binned: boolean, now = Date.now()) {
  await db.transaction(async (trx) => {
    const row = await lockOwn(trx, ownerId, id);
    const before = placedOf(row);
    if (before.binned === binned) return;
    await trx('images')
      .where({ id })
      .update({ binned_at: binned ? now : null });
    await recount(trx, before, { ...before, binned });
    await renewPublicKeys(trx, id);
  });
}

/** More images of one member than this are read in steps, inside the same transaction. */
const AT_ONCE = 2000;

/** Takes all images of a member out of everyone's sight with their account, or gives them back. Answers what that changes in lists. */
export async function setOwnerDisabled(trx: Db, ownerId: number, disabled: boolean): Promise<Count[]> {
  const changes: Change[] = [];
  for (let after = 0; ;) {
    const rows: PlacedRow[] = await trx('images')
      .where({ owner_id: ownerId, owner_disabled: !disabled })
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .select('id', 'owner_id', 'visibility', 'show_name', 'binned_at', 'owner_disabled');
    const last = rows.at(-1);
    if (!last) break;
    const ids = [after + 1, Number(last.id)] as const;
    await trx('images').where({ owner_id: ownerId }).whereBetween('id', ids).update({ owner_disabled: disabled });
    for (const row of rows) changes.push([placedOf(row), { ...placedOf(row), ownerDisabled: disabled }]);
    after = Number(last.id);
  }
  // All of them first, and what they stand in after them, as everywhere.
  return countsOfChanges(trx, changes);
}
