import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { arrived, discard, expect, type AtStep } from '../images/index.ts';
import { words } from '../lib/words/index.ts';
import { sendLater } from '../mail/index.ts';
import { diskFull, newKey, type Storage } from '../storage/index.ts';
import { createArchive, type Archive } from './archive.ts';
import { KEPT_DAYS, KEPT_MS } from './exports.ts';
import { putImages, putPhoto, sizeOf } from './pictures.ts';
import { personJson } from './person.ts';

export interface Making {
  storage: Storage;
  /** BASE_URL: the mail's link begins with it. */
  site: string;
  step?: AtStep | undefined;
  /** Called after the mail was put into the queue. */
  wake?(): void;
}

/** Whose export, and which asking for it. */
export interface Wanted {
  account: number;
  run: string;
}

/** Nobody waits for this one any more: another was asked for, or the account goes. */
class NotWanted extends Error {}

/**
 * Makes the zip of somebody's data, as docs/users.md lays it out, and tells them. After a crash it begins anew; the temporary
 * files of the one that was cut off are swept. Does nothing when it is done already or nobody waits for it.
 */
export async function makeExport(db: Db, making: Making, wanted: Wanted): Promise<void> {
  const [file, spool] = [making.storage.temporary(), making.storage.temporary()];
  const archive = createArchive(file);
  try {
    const made = await write(db, making, wanted, archive, spool);
    await making.step?.('export_written');
    await keep(db, making, wanted, { file, ...made });
    making.wake?.();
  } catch (error) {
    if (!(error instanceof NotWanted)) throw diskFull(error) ?? error;
  } finally {
    await archive.giveUp();
    await rm(file, { force: true });
    await rm(spool, { force: true });
  }
}

const rowOf = (db: Db, { account, run }: Wanted) => db('exports').where({ account_id: account, run, state: 'making' });

async function touch(db: Db, wanted: Wanted, progress: { done: number; total?: number }) {
  if (!(await rowOf(db, wanted).update({ ...progress, touched_at: Date.now() }))) throw new NotWanted();
}

/** What must stay free for the site itself, in bytes. */
const RESERVE = 64 * 1024 * 1024;
/** How often progress is written down. */
const EVERY_MS = 500;

async function write(db: Db, { storage, site, step }: Making, wanted: Wanted, archive: Archive, spool: string) {
  const { account } = wanted;
  const size = await sizeOf(db, account);
  await touch(db, wanted, { done: 0, total: size.files + 1 });
  if ((await storage.free()) < size.bytes + RESERVE) throw new Refusal(507, 'disk_full', 'storage.disk_full');
  const now = Date.now();
  const readme = Readable.from([words('data.readme', { site })], { objectMode: false });
  await archive.put({ path: 'README.txt', packed: false, at: now }, readme);
  let done = 0;
  let told = Date.now();
  const counted = async () => {
    done++;
    await step?.('export_writing');
    if (Date.now() - told < EVERY_MS) return;
    told = Date.now();
    await touch(db, wanted, { done });
  };
  const photo = await putPhoto(db, storage, archive, account);
  await putImages(db, storage, archive, { account, spool, counted });
  await touch(db, wanted, { done });
  const json = Readable.from(personJson(db, { account, site, now, photo, spool }), { objectMode: false });
  await archive.put({ path: 'bowerbird.json', packed: false, at: now }, json);
  return archive.finish();
}

interface Made {
  file: string;
  bytes: number;
  sha256: string;
}

/** As every durable save: expected, then the bytes, then the row that has them. */
async function keep(db: Db, { storage, site, step }: Making, wanted: Wanted, { file, bytes, sha256 }: Made) {
  const key = newKey();
  await expect(db, [{ key, sha256 }]);
  try {
    await storage.keep(key, file);
    await step?.('export_kept');
    await db.transaction(async (trx) => {
      const now = Date.now();
      const ready = { state: 'ready', storage_key: key, sha256, bytes, ready_at: now, expires_at: now + KEPT_MS };
      if (!(await rowOf(trx, wanted).update(ready))) throw new NotWanted();
      await arrived(trx, [key]);
      const { username, email, language } = await trx('accounts')
        .where({ id: wanted.account })
        .first('username', 'email', 'language');
      const params = { username, link: `${site}/account/data`, days: KEPT_DAYS };
      await sendLater(trx, { to: email, kind: 'exported', params, language });
    });
  } catch (error) {
    // An answer may get lost after the commit: then the row has the bytes.
    if (!(await db('exports').where({ storage_key: key }).first('run'))) await discard(db, storage, [key]);
    throw error;
  }
}
