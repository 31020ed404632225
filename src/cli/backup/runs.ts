import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { CopiedRow, Tally } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { damaged, type Chest } from './chest.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** What a backup says of itself. */
export interface About {
  site: string;
  /** The schema's steps: what is put back needs them all, and no other. */
  steps: string[];
  tables: Record<string, Tally & { columns: readonly string[] }>;
  /** The highest number that each table has given. */
  sequences: Record<string, number>;
  files: { count: number; bytes: number };
  /** Files that rows name, and that were missing or damaged already when they were to be saved. */
  lost: string[];
  /** Those of DATA_DIR; null where they are settings of the operator, or were to be left out. */
  secrets: readonly string[] | null;
}

export interface Run {
  id: number;
  begunAt: number;
  about: About;
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Begins a backup. What one that was killed has left of its rows goes; its files stay. */
export async function beginRun({ file }: Chest, now = Date.now()): Promise<number> {
  await file.run('DELETE FROM pieces WHERE run IN (SELECT id FROM runs WHERE ended_at IS NULL)');
  await file.run('DELETE FROM runs WHERE ended_at IS NULL');
  return file.put('INSERT INTO runs (begun_at) VALUES (?)', [now]);
}

/** From then on the backup is there. */
export async function endRun({ file }: Chest, run: number, about: About, now = Date.now()): Promise<void> {
  const text = JSON.stringify(about);
  await file.run('UPDATE runs SET ended_at = ?, about = ?, sha256 = ? WHERE id = ?', [now, text, sha256(text), run]);
}

/** The backups of a file that were brought to their end, the oldest first. */
export async function listRuns({ path, file }: Chest): Promise<Run[]> {
  const rows = await file.all<{ id: number; begun_at: number; about: string; sha256: string }>(
    'SELECT id, begun_at, about, sha256 FROM runs WHERE ended_at IS NOT NULL ORDER BY id',
  );
  return rows.map(({ id, begun_at, about, sha256: sum }) => {
    if (sha256(about) !== sum) throw damaged(path, `runs ${id}`);
    return { id, begunAt: begun_at, about: JSON.parse(about) as About };
  });
}

/** The newest backup of a file, or the one of that number. */
export async function findRun(chest: Chest, number?: number): Promise<Run> {
  const runs = await listRuns(chest);
  const found = number === undefined ? runs.at(-1) : runs.find(({ id }) => id === number);
  const { path } = chest;
  if (!found && number !== undefined)
    throw new Refusal(404, 'not_found', 'backup.no_run', { params: { path, number } });
  if (!found) throw new Refusal(404, 'not_found', 'backup.unfinished', { params: { path } });
  return found;
}

export async function putPiece({ file }: Chest, run: number, part: string, n: number, rows: readonly CopiedRow[]) {
  const body = await pack(rows.map((row) => JSON.stringify(row)).join('\n'));
  await file.run('INSERT INTO pieces (run, part, n, sha256, body) VALUES (?, ?, ?, ?, ?)', [
    run,
    part,
    n,
    sha256(body),
    body,
  ]);
}

/** The rows of a table as a backup has them, some hundreds at a time. */
export async function* piecesOf({ path, file }: Chest, run: number, part: string): AsyncGenerator<CopiedRow[]> {
  for (let n = 0; ; n++) {
    const [piece] = await file.all<{ sha256: string; body: Buffer }>(
      'SELECT sha256, body FROM pieces WHERE run = ? AND part = ? AND n = ?',
      [run, part, n],
    );
    if (!piece) return;
    if (sha256(piece.body) !== piece.sha256) throw damaged(path, `${part} ${n}`);
    yield String(await unpack(piece.body))
      .split('\n')
      .map((line) => JSON.parse(line) as CopiedRow);
  }
}

/** Does away with all but the newest backups, and with the files that none of those has; answers how many went. */
export async function keepNewest(chest: Chest, keep: number, namesOf: (run: Run) => AsyncIterable<string>) {
  const { file } = chest;
  const runs = await listRuns(chest);
  const [kept, gone] = [runs.slice(-keep), runs.slice(0, -keep)];
  if (gone.length === 0) return 0;
  await file.run('BEGIN');
  for (const { id } of gone) {
    await file.run('DELETE FROM pieces WHERE run = ?', [id]);
    await file.run('DELETE FROM runs WHERE id = ?', [id]);
  }
  await file.run('CREATE TEMP TABLE named (key TEXT PRIMARY KEY)');
  for (const run of kept)
    for await (const key of namesOf(run)) await file.run('INSERT OR IGNORE INTO named VALUES (?)', [key]);
  await file.run('DELETE FROM files WHERE key NOT IN (SELECT key FROM named)');
  await file.run('DELETE FROM chunks WHERE file NOT IN (SELECT id FROM files)');
  await file.run('COMMIT');
  await file.run('DROP TABLE named');
  await file.all('PRAGMA incremental_vacuum');
  return gone.length;
}
