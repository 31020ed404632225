import { copyFile, rm } from 'node:fs/promises';
import { dialectOf, type Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { enqueue } from '../../queue/index.ts';
import { allOrWhy } from '../../lib/all-or-why.ts';
import { arrived, discard, expect } from '../expected.ts';
import { removeFiles } from '../handover.ts';
import { checkQuota } from '../quota.ts';
import type { Saving } from '../tools.ts';
import { insertImage, replaceImage, type NewImage } from './insert.ts';
import { rememberForm, savedBefore } from './once.ts';
import type { Received } from './receive.ts';
import { refuseSame } from './recognise.ts';

export interface Admitted {
  id: number;
  /** `again`: the same form had been sent before, and this is what it saved. */
  outcome: 'saved' | 'replaced' | 'again';
}

/** Step 4: "expected" rows, then the bytes, then one transaction of all the rows and the job. */
export async function keep(saving: Saving, image: NewImage): Promise<Admitted> {
  const { db, storage } = saving;
  const both = [image.originalKey, image.highKey];
  await expect(db, expectedOf(image));
  try {
    await saving.step?.('expected');
    await allOrWhy([
      storage.keep(image.originalKey, image.received.file).then(() => saving.step?.('original_stored')),
      storage.keep(image.highKey, image.high.path),
    ]);
    await saving.step?.('stored');
    const { admitted, letGo } = await db.transaction((trx) => commit(trx, image, saving));
    await saving.step?.('committed');
    await tidy(saving, admitted.outcome === 'again' ? both : letGo);
    return admitted;
  } catch (error) {
    if (error instanceof Refusal) await giveBack(storage, image.originalKey, image.received);
    await tidy(saving, both);
    throw error;
  }
}

/** Lets go of bytes that no row has, and of what waits for a job of theirs. What fails here is left for the sweep. */
async function tidy({ db, storage, handover, log }: Saving, keys: readonly string[]) {
  try {
    await removeFiles(keys.flatMap((key) => handover?.take(key) ?? []));
    await discard(db, storage, keys);
  } catch (error) {
    log.warn({ err: error }, 'left for the sweep');
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
