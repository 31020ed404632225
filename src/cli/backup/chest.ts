import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openPlain, type PlainFile } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { reasonOf } from '../finding.ts';

/** `BwBk`: by it a file says that it is a backup of Bowerbird. */
const APPLICATION = 0x4277426b;
/** A later release that writes another form counts on. */
const FORM = 1;

/**
 * A file with backups of a site. It is a database of SQLite: what is not yet complete is not there, whenever its writer is
 * killed; and bytes that one backup has put in are there for the next.
 */
const SCHEMA = `
  CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, begun_at INTEGER NOT NULL, ended_at INTEGER, about TEXT, sha256 TEXT);
  CREATE TABLE pieces (run INTEGER NOT NULL, part TEXT NOT NULL, n INTEGER NOT NULL, sha256 TEXT NOT NULL, body BLOB NOT NULL,
    UNIQUE (run, part, n));
  CREATE TABLE files (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL);
  CREATE TABLE chunks (file INTEGER NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, UNIQUE (file, n))`;

/** One process at a time, and what is committed is on the disk. */
const PRAGMAS = ['page_size = 16384', 'locking_mode = EXCLUSIVE', 'synchronous = FULL'];

export interface Chest {
  path: string;
  file: PlainFile;
}

/** Opens a file to put a backup into; it is made where it is not there. */
export async function openToWrite(path: string): Promise<Chest> {
  await makeFile(path);
  return opened(path, async (file) => {
    const [pages] = await file.all<{ page_count: number }>('SELECT page_count FROM pragma_page_count');
    if (pages?.page_count === 0) await begin(file);
  });
}

export const openToRead = (path: string): Promise<Chest> => opened(path, async () => {});

/** For the eyes of its owner alone: it holds what the database holds. */
async function makeFile(path: string) {
  try {
    await (await open(path, 'a', 0o600)).close();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'EISDIR') throw new Refusal(422, 'invalid', 'backup.folder', { params: { path } });
    throw new Refusal(422, 'invalid', 'backup.cannot_write', { params: { path, folder: dirname(path), reason } });
  }
}

async function begin(file: PlainFile) {
  await file.run('BEGIN');
  // Room that is no longer needed goes back to the disk.
  await file.run('PRAGMA auto_vacuum = INCREMENTAL');
  for (const statement of SCHEMA.split(';')) await file.run(statement);
  await file.run(`PRAGMA application_id = ${APPLICATION}`);
  await file.run(`PRAGMA user_version = ${FORM}`);
  await file.run('COMMIT');
}

async function opened(path: string, prepare: (file: PlainFile) => Promise<void>): Promise<Chest> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new Refusal(404, 'not_found', 'backup.no_file', { params: { path } });
  const file = speaking(path, await inSentences(path, () => openPlain(path)));
  try {
    for (const pragma of PRAGMAS) await file.run(`PRAGMA ${pragma}`);
    await prepare(file);
    await checkForm(path, file);
    return { path, file };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A file whose errors are sentences that name it. */
const speaking = (path: string, file: PlainFile): PlainFile => ({
  run: (text, values) => inSentences(path, () => file.run(text, values)),
  put: (text, values) => inSentences(path, () => file.put(text, values)),
  all: (text, values) => inSentences(path, () => file.all(text, values)),
  close: file.close,
});

async function checkForm(path: string, file: PlainFile) {
  const [about] = await file.all<{ application_id: number; user_version: number }>(
    'SELECT application_id, user_version FROM pragma_application_id, pragma_user_version',
  );
  if (about?.application_id !== APPLICATION) throw new Refusal(422, 'invalid', 'backup.is_none', { params: { path } });
  if (about.user_version > FORM) throw new Refusal(422, 'invalid', 'backup.newer_form', { params: { path } });
}

export const damaged = (path: string, what: string, cause?: unknown) =>
  new Refusal(422, 'damaged', 'backup.damaged', { params: { path, what }, cause });

/** Says of what SQLite finds wrong with a backup which file it is, and what to do. */
async function inSentences<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = reasonOf(error);
    if (code === 'SQLITE_NOTADB')
      throw new Refusal(422, 'invalid', 'backup.is_none', { params: { path }, cause: error });
    if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_IOERR') throw damaged(path, code, error);
    if (code === 'SQLITE_BUSY') throw new Refusal(409, 'busy', 'backup.in_use', { params: { path }, cause: error });
    if (code === 'SQLITE_FULL') throw new Refusal(507, 'disk_full', 'backup.full', { params: { path }, cause: error });
    if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN')
      throw new Refusal(422, 'invalid', 'backup.cannot_write', {
        params: { path, folder: dirname(path), reason: code },
        cause: error,
      });
    throw error;
  }
}
