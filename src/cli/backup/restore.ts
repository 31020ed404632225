import {
  clearTables,
  createTally,
  inAnyOrder,
  migrate,
  migrateTo,
  putRows,
  sameTally,
  setSequences,
  tablesOf,
  takeAlone,
  tallyOf,
  unknownSteps,
  type Db,
  type Table,
} from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { allOrWhy } from '../../lib/all-or-why.ts';
import { sizeInWords } from '../../lib/size.ts';
import { words } from '../../lib/words/index.ts';
import { bringBackSecrets } from '../../secrets.ts';
import { openStorage } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';
import { LEFT_OUT, printRuns } from './backup.ts';
import { damaged, openToRead, type Chest } from './chest.ts';
import { bringBack, bytesOf, filesOf, type NamedFile } from './files.ts';
import { findRun, piecesOf, type Run } from './runs.ts';

export interface RestoreOptions {
  /** The number of a backup in the file; the newest when left out. */
  run?: number;
  /** Looks at everything, and puts nothing back. */
  check?: boolean;
  /** Prints which backups there are. */
  list?: boolean;
}

/** Makes a site of a backup, where there is none yet; or looks whether one could be made of it. */
export async function restore(desk: Desk, path: string, { run: number, check, list }: RestoreOptions): Promise<void> {
  const chest = await openToRead(path);
  try {
    if (list) return await printRuns(desk, chest);
    const run = await findRun(chest, number);
    const [step] = await unknownSteps(run.about.steps);
    if (step) throw new Refusal(422, 'invalid', 'backup.newer', { params: { path, step } });
    await (check ? checkRun(desk, chest, run) : putBack(desk, chest, run));
  } finally {
    await chest.file.close();
  }
}

/** Reads all that there is, as restoring it would. */
async function checkRun(desk: Desk, chest: Chest, run: Run) {
  const { print, progress } = desk;
  for (const [name, told] of Object.entries(run.about.tables)) {
    const tally = createTally();
    for await (const rows of piecesOf(chest, run.id, name)) for (const row of rows) tally.add(row);
    if (!sameTally(tally.result(), told)) throw damaged(chest.path, name);
  }
  await eachFile(desk, chest, run, async (file) => {
    for await (const chunk of bytesOf(chest, file)) void chunk;
  });
  progress(null);
  const { count, bytes } = run.about.files;
  print(words('backup.well', { path: chest.path, count, bytes: sizeInWords(bytes), date: dateOf(run) }));
}

const dateOf = ({ begunAt }: Run): string => new Date(begunAt).toISOString();

/**
 * First the files, then the secret, and then all rows at once: a restore that is killed has made no site yet, and is called again.
 */
async function putBack(desk: Desk, chest: Chest, run: Run) {
  const { config, db, print, progress } = desk;
  const alone = config.databaseUrl.startsWith('sqlite:') ? await takeAlone(config.databaseUrl) : null;
  if (config.databaseUrl.startsWith('sqlite:') && !alone) throw new Refusal(409, 'in_use', 'backup.site_runs');
  try {
    await refuseInhabited(db);
    const storage = openStorage(config);
    const { bytes } = run.about.files;
    if ((await storage.free()) < bytes)
      throw new Refusal(507, 'disk_full', 'backup.no_room', { params: { bytes: sizeInWords(bytes) } });
    await eachFile(desk, chest, run, (file) => bringBack(chest, storage, file));
    progress(null);
    await putSecrets(desk, run);
    await migrateTo(db, run.about.steps);
    await putBackRows(desk, chest, run);
    await migrate(db);
    conclude(desk, chest, run);
  } finally {
    await alone?.release();
  }
  print(words('backup.start_now'));
}

/** Where somebody has joined already, nothing is touched. */
export async function refuseInhabited(db: Db, sentence: 'backup.not_empty' | 'move.not_empty' = 'backup.not_empty') {
  if (await db('accounts').first('id')) throw new Refusal(409, 'not_empty', sentence);
}

/** So many files on their way at once: each waits for the disk several times. */
const AT_ONCE = 16;

async function eachFile(
  { progress }: Desk,
  chest: Chest,
  run: Run,
  work: (file: NamedFile) => Promise<void>,
): Promise<void> {
  const lost = new Set(run.about.lost);
  const { count, bytes } = run.about.files;
  const done = { files: 0, bytes: 0 };
  for await (const files of inGroups(filesOf(chest, run), AT_ONCE)) {
    // All come to their end, also where one fails: the backup is closed after them.
    await allOrWhy(files.filter(({ key }) => !lost.has(key)).map(work));
    done.files += files.length;
    for (const file of files) done.bytes += file.bytes;
    const params = { done: Math.min(done.files, count), total: count };
    progress(words('backup.progress_files', { ...params, bytes: sizeInWords(done.bytes), of: sizeInWords(bytes) }));
  }
}

/** Groups in which no file comes twice: two rows may share one. */
async function* inGroups(files: AsyncIterable<NamedFile>, many: number): AsyncGenerator<NamedFile[]> {
  let group = new Map<string, NamedFile>();
  for await (const file of files) {
    group.set(file.key, file);
    if (group.size < many) continue;
    yield [...group.values()];
    group = new Map();
  }
  yield [...group.values()];
}

async function putSecrets({ config, print }: Desk, { about }: Run) {
  if (about.secrets && config.secrets.length === 0) return bringBackSecrets(config.dataDir, about.secrets);
  print(words(config.secrets.length > 0 ? 'backup.secret_is_set' : 'backup.secret_lacks'));
}

async function putBackRows({ db, progress }: Desk, chest: Chest, run: Run) {
  const tables = await tablesOf(db);
  await db.transaction((trx) =>
    inAnyOrder(trx, async () => {
      await refuseInhabited(trx);
      await clearTables(trx, tables);
      for (const table of tables) {
        if (LEFT_OUT.has(table.name)) continue;
        progress(words('backup.progress_rows', { table: table.name }));
        await putBackTable(trx, chest, run, table);
      }
      await setSequences(trx, run.about.sequences);
    }),
  );
  progress(null);
}

/** Puts the rows of a table in, and reads them again: what counts is what is there in the end. */
async function putBackTable(trx: Db, chest: Chest, run: Run, table: Table) {
  const told = run.about.tables[table.name];
  if (told?.columns.join() !== table.columns.join()) throw damaged(chest.path, table.name);
  for await (const rows of piecesOf(chest, run.id, table.name)) await putRows(trx, table, rows);
  if (!sameTally(await tallyOf(trx, table), told)) throw damaged(chest.path, table.name);
}

function conclude({ print }: Desk, { path }: Chest, run: Run) {
  const { tables, files, lost } = run.about;
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0);
  const params = { path, rows, count: files.count, bytes: sizeInWords(files.bytes), date: dateOf(run) };
  print(words('backup.restored', params));
  if (lost.length > 0) print(words('backup.lost_before', { count: lost.length }));
}
