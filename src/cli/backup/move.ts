import {
  clearTables,
  createTally,
  dialectOf,
  holdWriters,
  inAnyOrder,
  markMoved,
  migrate,
  openDb,
  putRows,
  readSequences,
  readTable,
  sameTally,
  setSequences,
  tablesOf,
  takeSnapshot,
  tallyOf,
  unmarkMoved,
  type Db,
  type Table,
} from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { words } from '../../lib/words/index.ts';
import type { Desk } from '../desk.ts';
import { reasonOf } from '../finding.ts';
import { refuseInhabited } from './restore.ts';

export interface MoveOptions {
  to?: string;
  /** Copies alone: the site stays where it is. */
  copy?: boolean;
  undo?: boolean;
}

/** Copies a site's database into another one, and has the site kept there from then on. */
export async function move(desk: Desk, { to, copy = false, undo = false }: MoveOptions): Promise<void> {
  if (undo) return takeBack(desk);
  if (!to || !/^(?:postgres(?:ql)?:\/\/|sqlite:.)/.test(to)) throw new Refusal(422, 'invalid', 'move.where');
  if (to === desk.config.databaseUrl) throw new Refusal(422, 'invalid', 'move.same');
  if (!(await desk.db('accounts').first('id'))) throw new Refusal(422, 'invalid', 'backup.nobody');
  const target = openDb({ url: to });
  try {
    await reach(target, to);
    if (copy) await copyAsItIs(desk, target);
    else await copyAndMark(desk, target);
    if (dialectOf(target) === 'postgres') await target.raw('ANALYZE');
    desk.print(words(copy ? 'move.copied' : 'move.moved'));
  } finally {
    await target.destroy();
  }
}

/** What is wrong with an address is said without it: it may hold a password. */
async function reach(target: Db, to: string) {
  try {
    await migrate(target);
  } catch (error) {
    const place = to.startsWith('sqlite:') ? to : URL.canParse(to) ? new URL(to).host : 'postgres';
    throw new Refusal(502, 'unreachable', 'move.unreachable', {
      params: { place, reason: reasonOf(error) },
      cause: error,
    });
  }
}

/** What is written meanwhile is not in the copy, and stays in the site's own database. */
async function copyAsItIs(desk: Desk, target: Db) {
  const db = openDb({ url: desk.config.databaseUrl, connections: 1 });
  const snapshot = await takeSnapshot(db);
  try {
    await copyAll(desk, snapshot.db, target);
  } finally {
    await snapshot.release();
    await db.destroy();
  }
}

/**
 * Who writes waits; and when the copy is complete, nobody writes into the old database any more: it would be lost. A move that was killed
 * between the two is brought to its end when it is called again.
 */
const copyAndMark = (desk: Desk, target: Db) =>
  holdWriters(desk.db, async (source) => {
    if (!(await isCopy(desk, source, target))) await copyAll(desk, source, target);
    await markMoved(source, await tablesOf(source));
  });

/** Whether the new database holds all that the old one holds, and nothing else. */
async function isCopy({ progress, print }: Desk, source: Db, target: Db): Promise<boolean> {
  if (!(await target('accounts').first('id'))) return false;
  const tables = await tablesOf(source);
  for (const [n, table] of tables.entries()) {
    progress(words('move.compares', { n: n + 1, tables: tables.length, table: table.name }));
    const there = await target.transaction((trx) => tallyOf(trx, table));
    if (!sameTally(await tallyOf(source, table), there)) return false;
  }
  progress(null);
  print(words('move.was_copied'));
  return true;
}

async function copyAll({ progress, print }: Desk, source: Db, target: Db) {
  const tables = await tablesOf(source);
  let rows = 0;
  await target.transaction((trx) =>
    inAnyOrder(trx, async () => {
      await refuseInhabited(trx, 'move.not_empty');
      await clearTables(trx, await tablesOf(trx));
      for (const [n, table] of tables.entries())
        rows += await copyTable(source, trx, table, (done) =>
          progress(words('move.progress', { n: n + 1, tables: tables.length, table: table.name, done })),
        );
      await setSequences(trx, await readSequences(source, tables));
    }),
  );
  progress(null);
  print(words('move.checked', { tables: tables.length, rows }));
}

async function copyTable(source: Db, trx: Db, table: Table, tell: (done: number) => void): Promise<number> {
  const tally = createTally();
  for await (const rows of readTable(source, table)) {
    for (const row of rows) tally.add(row);
    await putRows(trx, table, rows);
    tell(tally.result().rows);
  }
  if (!sameTally(tally.result(), await tallyOf(trx, table)))
    throw new Refusal(500, 'differs', 'move.differs', { params: { table: table.name } });
  return tally.result().rows;
}

async function takeBack({ config, print }: Desk) {
  const db = openDb({ url: config.databaseUrl });
  try {
    print(words((await unmarkMoved(db)) ? 'move.undone' : 'move.not_moved'));
  } finally {
    await db.destroy();
  }
}
