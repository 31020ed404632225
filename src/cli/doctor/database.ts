import { existsSync } from 'node:fs';
import type { Config } from '../../config.ts';
import { dialectOf, hasMoved, openDb, schemaState, type Db } from '../../db/index.ts';
import { queueDepth } from '../../queue/index.ts';
import { note, ok, reasonOf, wrong, type Finding } from '../finding.ts';

const PATIENCE_MS = 5000;

/** The database, and where it is well its queue. Makes none where there is none. */
export async function checkDatabase({ databaseUrl }: Config): Promise<Finding[]> {
  const file = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (file && !existsSync(file)) return [note('doctor.database_later', { path: file })];
  const db = openDb({ url: databaseUrl, acquireTimeoutMs: PATIENCE_MS });
  try {
    const found = await lookAt(db, file ?? '');
    return found.state === 'ok' ? [found, await checkQueue(db)] : [found];
  } catch (error) {
    return [wrong('doctor.database_wrong', { reason: reasonOf(error) })];
  } finally {
    await db.destroy();
  }
}

/** Whether it is whole (SQLite says so) and as this release expects it. */
async function lookAt(db: Db, path: string): Promise<Finding> {
  const damage = dialectOf(db) === 'sqlite' ? await damageOf(db) : null;
  if (damage) return wrong('doctor.database_damaged', { path, damage });
  const { missing, newer } = await schemaState(db);
  if (newer) return wrong('doctor.database_newer', { step: newer });
  if (await hasMoved(db)) return wrong('doctor.database_moved');
  return missing > 0 ? wrong('doctor.database_older', { count: missing }) : ok('doctor.database');
}

/** The first that SQLite finds amiss in its file. */
async function damageOf(db: Db): Promise<string | null> {
  const [row] = (await db.raw('PRAGMA quick_check(1)')) as { quick_check: string }[];
  return row?.quick_check === 'ok' ? null : (row?.quick_check ?? 'none');
}

/** Longer than a running site lets anything wait that nobody waits for. */
const LONG_MS = 15 * 60 * 1000;

async function checkQueue(db: Db): Promise<Finding> {
  const { waiting, dead, oldestMs } = await queueDepth(db);
  const minutes = Math.round(Number(oldestMs) / 60_000);
  if (Number(dead) > 0) return wrong('doctor.queue_dead', { count: Number(dead) });
  if (Number(oldestMs) > LONG_MS) return wrong('doctor.queue_late', { count: Number(waiting), minutes });
  return ok('doctor.queue', { count: Number(waiting) });
}
