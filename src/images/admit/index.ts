import { copyFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dialectOf, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { Inspection, RenderedTier } from '../../imaging/index.ts';
import type { BoxTier } from '../../lib/tiers.ts';
import { enqueue } from '../../queue/index.ts';
import { diskFull, newKey } from '../../storage/index.ts';
import { arrived, discard, expect } from '../expected.ts';
import { removeFiles } from '../handover.ts';
import { checkQuota } from '../quota.ts';
import type { Saving } from '../tools.ts';
import type { SaveForm } from './form.ts';
import { insertImage, replaceImage, type NewImage } from './insert.ts';
import { receive, type Received, type Source } from './receive.ts';
import { alreadyThere, findAlike, findSame } from './recognise.ts';

export interface Admitted {
  id: number;
  /** `again`: the same form had been sent before, and this is what it saved. */
  outcome: 'saved' | 'replaced' | 'again';
}

/** What the job makes; in one process with it they are made of the pixels at hand. */
const OTHERS: readonly BoxTier[] = ['very_high', 'medium', 'low'];

/**
 * Takes an image in, whatever way it comes (design.md §4): received, inspected and High made, recognised, kept durably and
 * committed together with the job for its other tiers. Whatever throws on the way leaves no file, row or job behind; a
 * crash leaves at most `expected` rows, which the sweep takes.
 */
export async function admit(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  try {
    return await takeBest(saving, ownerId, source, form);
  } catch (error) {
    // The same form, sent twice at once, has found what it had saved itself.
    const mine =
      error instanceof Refusal && error.status === 409 ? await savedBefore(saving.db, ownerId, form.once) : null;
    if (mine) return { id: mine, outcome: 'again' };
    // Wherever on the way it was: a temporary file, a tier in the child, the database.
    throw diskFull(error) ?? error;
  }
}

/** What may be wrong with the best address of a picture, when the one that the page showed is not. */
const POOR = new Set([
  'bad_address',
  'unreachable',
  'http_status',
  'too_slow',
  'not_an_image',
  'broken',
  'too_large',
  'too_small',
  'too_many_pixels',
]);
const isPoor = (error: unknown) => error instanceof Refusal && error.status === 422 && POOR.has(error.code);

/** The best address first, then the one that the page showed: a larger version that is missing must not lose the picture. */
async function takeBest(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  const seen = source.way === 'address' && source.seenUrl !== source.url ? source.seenUrl : null;
  return takeIn(saving, ownerId, source, form).catch((error: unknown) => {
    if (source.way !== 'address' || !seen || !isPoor(error)) throw error;
    saving.log.info({ code: (error as Refusal).code }, 'best address refused, trying the one the page showed');
    return takeIn(saving, ownerId, { ...source, url: seen }, form).catch((second: unknown) => {
      // The best address stands in the form: what is wrong with it is what a person can mend.
      throw isPoor(second) ? error : second;
    });
  });
}

async function takeIn(saving: Saving, ownerId: number, source: Source, form: SaveForm): Promise<Admitted> {
  const before = await savedBefore(saving.db, ownerId, form.once);
  if (before) return { id: before, outcome: 'again' };
  const received = await receive(saving, source);
  const folder = dirname(received.file);
  let rendered: readonly RenderedTier[] = [];
  try {
    await saving.step?.('received');
    await checkQuota(saving.db, ownerId, saving.quotaBytes, received.bytes);
    if (form.duplicate === 'ask') await refuseSame(saving.db, ownerId, received.sha256);
    const { facts, high, also } = await saving.imaging.inspect(received.file, folder, saving.handover ? OTHERS : []);
    rendered = [high, ...also];
    await saving.step?.('inspected');
    if (form.duplicate === 'ask') await refuseAlike(saving.db, ownerId, facts);
    const image = { ownerId, form, received, facts, high, originalKey: newKey(), highKey: newKey() };
    const admitted = await handOver(saving, image, also, () => keep(saving, image));
    if (saving.handover && admitted.outcome !== 'again') rendered = [high];
    saving.wake();
    return admitted;
  } finally {
    // An upload's file belongs to whoever gave it: a form that is refused may keep it as a draft.
    if (source.way !== 'upload') await rm(received.file, { force: true });
    await removeFiles(rendered);
  }
}

/** Leaves the other tiers, but those that are High itself, to the job: before it can come, and only where it will. */
async function handOver(
  { handover }: Saving,
  { originalKey, high }: NewImage,
  also: readonly RenderedTier[],
  work: () => Promise<Admitted>,
): Promise<Admitted> {
  await handover?.give(
    originalKey,
    also.filter(({ path }) => path !== high.path),
  );
  let outcome: Admitted['outcome'] = 'again';
  try {
    const admitted = await work();
    outcome = admitted.outcome;
    return admitted;
  } finally {
    if (outcome === 'again') handover?.take(originalKey);
  }
}

async function savedBefore(db: Db, ownerId: number, key: string | null): Promise<number | null> {
  if (!key) return null;
  const row = await db('once_keys as o')
    .join('images as i', 'i.id', 'o.image_id')
    .where({ 'o.account_id': ownerId, 'o.key': key, 'i.binned_at': null })
    .first('o.image_id');
  return row ? Number(row.image_id) : null;
}

async function refuseSame(db: Db, ownerId: number, sha256: string) {
  const same = await findSame(db, ownerId, sha256);
  if (same.length > 0) throw alreadyThere('duplicate', same);
}

async function refuseAlike(db: Db, ownerId: number, facts: Inspection) {
  const alike = await findAlike(db, ownerId, facts.phash);
  if (alike.length > 0) throw alreadyThere('look_alike', alike);
}

/** Step 4: "expected" rows, then the bytes, then one transaction of all the rows and the job. */
async function keep(saving: Saving, image: NewImage): Promise<Admitted> {
  const { db, storage, handover } = saving;
  const both = [image.originalKey, image.highKey];
  await expect(db, expectedOf(image));
  try {
    await saving.step?.('expected');
    await storage.keep(image.originalKey, image.received.file);
    await saving.step?.('original_stored');
    await storage.keep(image.highKey, image.high.path);
    await saving.step?.('stored');
    const { admitted, letGo } = await db.transaction((trx) => commit(trx, image, saving));
    await saving.step?.('committed');
    // What waits for a job of the bytes that were replaced.
    await removeFiles(letGo.flatMap((key) => handover?.take(key) ?? []));
    await discard(db, storage, admitted.outcome === 'again' ? both : letGo);
    return admitted;
  } catch (error) {
    if (error instanceof Refusal) await giveBack(storage, image.originalKey, image.received);
    await discard(db, storage, both).catch((cause: unknown) => saving.log.warn({ cause }, 'left for the sweep'));
    throw error;
  }
}

/** The file of a form that is refused at the very end, back where it came from: the form may keep it as a draft. */
async function giveBack(storage: Saving['storage'], key: string, { way, file }: Received) {
  const local = way === 'upload' ? await storage.local(key) : null;
  if (!local) return;
  // What cannot be given back has to be sent again, and is no reason to say anything else.
  await copyFile(local.path, file).catch(() => rm(file, { force: true }));
  await local.done();
}

const expectedOf = ({ originalKey, highKey, received, high }: NewImage) => [
  { key: originalKey, sha256: received.sha256 },
  { key: highKey, sha256: high.sha256 },
];

async function commit(
  trx: Db,
  image: NewImage,
  { alongside, step, quotaBytes }: Saving,
): Promise<{ admitted: Admitted; letGo: string[] }> {
  const { ownerId, form, received } = image;
  const now = Date.now();
  await oneAtATime(trx, ownerId);
  const before = await savedBefore(trx, ownerId, form.once);
  if (before) return { admitted: { id: before, outcome: 'again' }, letGo: [] };
  await checkQuota(trx, ownerId, quotaBytes, received.bytes);
  // Again, now that no other save of theirs is under way: the same file sent twice at once is one image.
  if (form.duplicate === 'ask') await refuseSame(trx, ownerId, received.sha256);
  const { id, letGo } =
    form.duplicate === 'replace'
      ? await replaced(trx, image, now)
      : { id: await insertImage(trx, image, now), letGo: [] };
  await alongside?.(trx, id);
  if (form.once) await rememberForm(trx, ownerId, form.once, id, now);
  await expect(
    trx,
    [...new Set(letGo)].map((key) => ({ key, sha256: '' })),
    now,
  );
  await arrived(trx, [image.originalKey, image.highKey]);
  await enqueue(trx, 'makeTiers', { image: id });
  await step?.('committing');
  return { admitted: { id, outcome: form.duplicate === 'replace' ? 'replaced' : 'saved' }, letGo };
}

/** The key may be that of an image which lies in the bin by now. */
const rememberForm = (trx: Db, ownerId: number, key: string, imageId: number, now: number) =>
  trx('once_keys')
    .insert({ account_id: ownerId, key, image_id: imageId, created_at: now })
    .onConflict(['account_id', 'key'])
    .merge(['image_id', 'created_at']);

async function replaced(trx: Db, image: NewImage, now: number) {
  const id = image.form.replaceId;
  const row =
    id === null
      ? undefined
      : await trx('images').where({ id, owner_id: image.ownerId, binned_at: null }).first('visibility');
  if (!row || id === null) throw new Refusal(422, 'unknown', 'image.replace_unknown', { field: 'replace' });
  if (image.form.nopin && row.visibility !== 'private')
    throw new Refusal(422, 'nopin', 'image.nopin', { field: 'visibility' });
  return { id, letGo: await replaceImage(trx, id, image, now) };
}

/** Two saves of one member commit one after the other: SQLite's transactions do so anyway. */
async function oneAtATime(trx: Db, ownerId: number) {
  if (dialectOf(trx) === 'postgres') await trx('accounts').where({ id: ownerId }).forUpdate().first('id');
}
