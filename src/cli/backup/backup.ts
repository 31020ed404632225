import {
  createTally,
  openDb,
  readSequences,
  readTable,
  stepsOf,
  tablesOf,
  takeSnapshot,
  type Db,
  type Table,
  type Tally,
} from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { sizeInWords } from '../../lib/size.ts';
import { words } from '../../lib/words/index.ts';
import { readSecrets } from '../../secrets.ts';
import { openStorage, type Storage } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';
import { openToWrite, type Chest } from './chest.ts';
import { filesOf, isNaming, namedBy, NAMING, putFile, type NamedFile } from './files.ts';
import { beginRun, endRun, keepNewest, listRuns, putPiece, type About } from './runs.ts';

export interface BackupOptions {
  /** How many backups stay in the file; all when left out. */
  keep?: number;
  /** False: DATA_DIR/secret is left out. */
  secret?: boolean;
}

/** Whoever is signed in, archives that are made anew when they are asked for, and bytes that are just on their way. */
export const LEFT_OUT = new Set(['sessions', 'exports', 'expected', 'stores']);

/** How often we look anew when files have gone while they were to be copied. */
const ROUNDS = 5;
/** A backup that is killed loses at most what came after these. */
const COMMIT_FILES = 200;
const COMMIT_BYTES = 64 * 1024 * 1024;

/** Puts the site as it is at one moment into a file: what the file has already is not put in again. The site may run. */
export async function backUp(desk: Desk, path: string, { keep, secret = true }: BackupOptions): Promise<boolean> {
  if (!(await desk.db('accounts').first('id'))) throw new Refusal(422, 'invalid', 'backup.nobody');
  const chest = await openToWrite(path);
  try {
    const about = await copySite(desk, chest, secret);
    if (keep !== undefined) {
      const count = await keepNewest(chest, keep, async function* (run) {
        for await (const { key } of filesOf(chest, run)) yield key;
      });
      if (count > 0) desk.print(words('backup.dropped', { count }));
    }
    return conclude(desk, path, about);
  } finally {
    await chest.file.close();
  }
}

async function copySite(desk: Desk, chest: Chest, secret: boolean): Promise<About> {
  const { config, db } = desk;
  const storage = openStorage(config);
  const run = await beginRun(chest);
  await chest.file.run('CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL)');
  for (let round = 1; ; round++) {
    const rows = await copyRows(desk, chest, run);
    const lost = await copyFiles(desk, chest, storage);
    // What somebody has deleted since is no loss: as the site is now, nothing names it.
    if (round < ROUNDS && (await stillNamed(db, lost)).length < lost.length) continue;
    const secrets = secret && config.secrets.length === 0 ? await readSecrets([], config.dataDir) : null;
    const about = { ...rows, site: config.baseUrl, files: await countWanted(chest), lost, secrets };
    await endRun(chest, run, about);
    return about;
  }
}

type Rows = Pick<About, 'steps' | 'tables' | 'sequences'>;

/** All rows as they are at one moment, and in `wanted` the files that they name. */
async function copyRows({ config, progress }: Desk, chest: Chest, run: number): Promise<Rows> {
  const db = openDb({ url: config.databaseUrl, connections: 1 });
  const snapshot = await takeSnapshot(db);
  try {
    const found: Rows = { steps: await stepsOf(snapshot.db), tables: {}, sequences: {} };
    await chest.file.run('BEGIN');
    await chest.file.run('DELETE FROM pieces WHERE run = ?', [run]);
    await chest.file.run('DELETE FROM wanted');
    const tables = (await tablesOf(snapshot.db)).filter(({ name }) => !LEFT_OUT.has(name));
    for (const table of tables) {
      progress(words('backup.progress_rows', { table: table.name }));
      found.tables[table.name] = { ...(await copyTable(snapshot.db, chest, run, table)), columns: table.columns };
    }
    found.sequences = await readSequences(snapshot.db, tables);
    await chest.file.run('COMMIT');
    return found;
  } finally {
    await snapshot.release();
    await db.destroy();
  }
}

async function copyTable(db: Db, chest: Chest, run: number, table: Table): Promise<Tally> {
  const tally = createTally();
  let n = 0;
  for await (const rows of readTable(db, table)) {
    for (const row of rows) tally.add(row);
    await putPiece(chest, run, table.name, n++, rows);
    if (!isNaming(table)) continue;
    for (const row of rows) {
      const named = namedBy(table.columns, row);
      if (!named) continue;
      const { key, sha256, bytes } = named;
      await chest.file.run('INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)', [key, sha256, bytes]);
    }
  }
  return tally.result();
}

const LACKING = 'FROM wanted WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.key = wanted.key)';

/** Puts in what is not in yet; answers the keys of what is missing in the store, or not what its row says. */
async function copyFiles({ progress }: Desk, chest: Chest, storage: Storage): Promise<string[]> {
  const { file } = chest;
  const [total] = await file.all<{ n: number; bytes: number }>(
    `SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes ${LACKING}`,
  );
  const lost: string[] = [];
  const done = { files: 0, bytes: 0 };
  let open = { files: 0, bytes: 0 };
  await file.run('BEGIN');
  for (let after = ''; ;) {
    const some = await file.all<NamedFile>(`SELECT * ${LACKING} AND key > ? ORDER BY key LIMIT 200`, [after]);
    for (const named of some) {
      if (!(await putFile(chest, storage, named))) lost.push(named.key);
      done.files++;
      done.bytes += named.bytes;
      open = { files: open.files + 1, bytes: open.bytes + named.bytes };
      if (open.files >= COMMIT_FILES || open.bytes >= COMMIT_BYTES) {
        await file.run('COMMIT');
        await file.run('BEGIN');
        open = { files: 0, bytes: 0 };
      }
      const params = { done: done.files, total: total?.n ?? 0, bytes: sizeInWords(done.bytes) };
      progress(words('backup.progress_files', { ...params, of: sizeInWords(total?.bytes ?? 0) }));
    }
    after = some.at(-1)?.key ?? '';
    if (some.length === 0) break;
  }
  await file.run('COMMIT');
  progress(null);
  return lost;
}

/** Those of the keys that the site names now. */
async function stillNamed(db: Db, keys: readonly string[]): Promise<string[]> {
  const named: string[] = [];
  for (let at = 0; at < keys.length; at += 500)
    for (const table of NAMING)
      named.push(
        ...(await db(table)
          .whereIn('storage_key', keys.slice(at, at + 500))
          .pluck('storage_key')),
      );
  return [...new Set(named)];
}

async function countWanted({ file }: Chest) {
  const [found] = await file.all<{ count: number; bytes: number }>(
    'SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM wanted WHERE key IN (SELECT key FROM files)',
  );
  return { count: found?.count ?? 0, bytes: found?.bytes ?? 0 };
}

function conclude({ config, print }: Desk, path: string, { tables, files, lost, secrets }: About): boolean {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  print(words('backup.done', { path, rows, count: files.count, bytes: sizeInWords(files.bytes) }));
  if (secrets === null) print(words(config.secrets.length > 0 ? 'backup.secret_set' : 'backup.secret_left'));
  else print(words('backup.secret_in'));
  for (const key of lost) print(words('backup.lost', { key }));
  if (lost.length > 0) print(words('backup.lost_some', { count: lost.length }));
  return lost.length === 0;
}

/** Prints the backups that a file holds. */
export async function printRuns({ print }: Desk, chest: Chest): Promise<void> {
  for (const { id, begunAt, about } of await listRuns(chest)) {
    const accounts = about.tables['accounts']?.rows ?? 0;
    const images = about.tables['images']?.rows ?? 0;
    const bytes = sizeInWords(about.files.bytes);
    print(
      words('backup.run', { id, date: new Date(begunAt).toISOString(), accounts, images, bytes, site: about.site }),
    );
  }
}
