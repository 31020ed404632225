import { dirname } from 'node:path';
import { countInLists, dialectOf, type Count, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { Inspected } from '../../imaging/index.ts';
import { allOrWhy } from '../../lib/all-or-why.ts';
import { BOX_TIERS, type BoxTier } from '../../lib/tiers.ts';
import { countsOf, type Placed } from '../counts.ts';
import { arrived, discard, expect } from '../expected.ts';
import { checkNopin, type NopinRule } from '../nopin.ts';
import { checkQuota } from '../quota.ts';
import { enqueueTiers, makeTiers } from '../make-tiers.ts';
import { countTags, type TagMove } from '../tags/counts.ts';
import { removeFiles } from '../rendered.ts';
import type { Saving } from '../tools.ts';
import type { SaveForm } from './form.ts';
import { insertImage, replaceImage, type NewImage } from './insert.ts';
import { rememberForm, savedBefore } from './once.ts';
import type { Received } from './receive.ts';
import { refuseAlike, refuseSame } from './recognise.ts';
import { ownerOf, watchOf } from './watch.ts';
import { allKeys, newKeys, storeOriginal, type Keys } from './store.ts';

export interface Admitted {
  id: number;
  /** `again`: the same form had been sent before, and this is what it saved. */
  outcome: 'saved' | 'replaced' | 'again';
}

/** What was received, from whom, and what they say of it. */
export interface Coming {
  ownerId: number;
  form: SaveForm;
  received: Received;
}

/** Made of the pixels at hand, once High is, where this process does the jobs as well; elsewhere the job makes them. */
const OTHERS: readonly BoxTier[] = BOX_TIERS.filter((tier) => tier !== 'high');

/**
 * Steps 2 to 4: the picture is inspected and High made while its original is already on the way to the disk; then High is
 * stored, and one transaction writes all the rows and the job for the other tiers. What throws leaves nothing. Those
 * tiers, which the child goes on to make, are stored after the answer.
 */
export async function keep(saving: Saving, coming: Coming): Promise<Admitted> {
  const { db, imaging, storage, step } = saving;
  const { form, received, ownerId } = coming;
  const others = saving.doesJobs && form.resolution !== 'full' ? OTHERS : [];
  const keys = newKeys(others.length);
  const watch = watchOf(saving, () => saving.progress?.({ state: 'looking' }));
  const turn = { whose: ownerOf(ownerId), watch, signal: saving.signal };
  const looking = imaging.inspect(received.file, dirname(received.file), others, turn);
  // Waits for what the child is still making: whoever is refused finds nothing left.
  const leave = () => Promise.all([looking.then(leaveTiers, () => {}), tidy(saving, allKeys(keys))]);
  try {
    await allOrWhy([looking.then(() => step?.('inspected')), storeOriginal(saving, received, keys)]);
    const seen = await looking;
    await saving.fits?.(seen);
    await saving.turn?.();
    // One of those before it may have brought the same bytes.
    if (saving.turn && form.duplicate === 'ask') await refuseSame(db, ownerId, received.sha256);
    saving.progress?.({ state: 'keeping' });
    if (form.duplicate === 'ask') await refuseAlike(saving, ownerId, seen.facts.phash, seen.high.path);
    await storage.keep(keys.high, seen.high.path);
    await step?.('stored');
    const image = { ...coming, facts: seen.facts, high: seen.high, originalKey: keys.original, highKey: keys.high };
    const goOn = others.length > 0 && !seen.facts.animated;
    const { admitted, letGo } = await db.transaction((trx) => commit(trx, image, { keys, goOn }, saving));
    await step?.('committed');
    if (admitted.outcome === 'again') await leave();
    else {
      await tidy(saving, letGo);
      if (goOn) saving.goesOn(finish(saving, admitted.id, seen, keys));
      else saving.wake();
    }
    return admitted;
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Stores the tiers that the child has made meanwhile. Where that fails, the job makes them when its time comes. */
async function finish(saving: Saving, id: number, { also }: Inspected, { others }: Keys) {
  try {
    await makeTiers(saving.db, saving, id, { made: await also, keys: others });
  } catch (error) {
    saving.log.warn({ err: error, image: id }, 'the other tiers are left to the job');
    await tidy(saving, others);
  }
}

/** Nobody wants them: those that the child has made, and those it is still making. */
async function leaveTiers({ high, also }: Inspected) {
  await removeFiles([high, ...(await also.catch(() => []))]);
}

/** Lets go of bytes that no row has. What fails here is left for the sweep. */
async function tidy({ db, storage, log }: Saving, keys: readonly string[]) {
  await discard(db, storage, keys).catch((error: unknown) => log.warn({ err: error }, 'left for the sweep'));
}

async function commit(
  trx: Db,
  image: NewImage,
  { keys, goOn }: { keys: Keys; goOn: boolean },
  { alongside, step, quotaBytes, nopin }: Saving,
): Promise<{ admitted: Admitted; letGo: string[] }> {
  const { ownerId, form, received } = image;
  const now = Date.now();
  await oneAtATime(trx, ownerId);
  const before = await savedBefore(trx, ownerId, form.once);
  if (before) return { admitted: { id: before, outcome: 'again' }, letGo: [] };
  await checkQuota(trx, ownerId, quotaBytes, received.bytes);
  // Again, now that no other save of theirs is under way: the same file sent twice at once is one image.
  if (form.duplicate === 'ask') await refuseSame(trx, ownerId, received.sha256);
  const { placed, counts, tagged, letGo } =
    form.duplicate === 'replace' ? await replaced(trx, image, nopin, now) : await inserted(trx, image, now);
  const { id } = placed;
  const beside = (await alongside?.(trx, placed)) ?? [];
  await countInLists(trx, [...counts, ...beside, ...(await countTags(trx, tagged))]);
  if (form.once) await rememberForm(trx, ownerId, form.once, id, now);
  await expect(
    trx,
    [...new Set(letGo)].map((key) => ({ key, sha256: '' })),
    now,
  );
  await arrived(trx, goOn ? [keys.original, keys.high] : allKeys(keys));
  await enqueueTiers(trx, id, goOn);
  await step?.('committing');
  return { admitted: { id, outcome: form.duplicate === 'replace' ? 'replaced' : 'saved' }, letGo };
}

/** An image whose rows are there, but for how lists count it. */
interface Kept {
  placed: Placed;
  counts: Count[];
  tagged: TagMove[];
  letGo: string[];
}

async function replaced(trx: Db, image: NewImage, rule: NopinRule, now: number): Promise<Kept> {
  const id = image.form.replaceId;
  const row =
    id === null
      ? undefined
      : await trx('images').where({ id, owner_id: image.ownerId, binned_at: null }).first('visibility');
  if (!row || id === null) throw new Refusal(422, 'unknown', 'image.replace_unknown', { field: 'replace' });
  checkNopin(rule, image.form.nopin, row.visibility);
  return { ...(await replaceImage(trx, id, image, now)), counts: [], tagged: [] };
}

async function inserted(trx: Db, image: NewImage, now: number): Promise<Kept> {
  const { placed, tagged } = await insertImage(trx, image, now);
  return { placed, tagged, counts: countsOf([null, placed]), letGo: [] };
}

/** Two saves of one member commit one after the other: SQLite's transactions do so anyway. */
async function oneAtATime(trx: Db, ownerId: number) {
  if (dialectOf(trx) === 'postgres') await trx('accounts').where({ id: ownerId }).forUpdate().first('id');
}
