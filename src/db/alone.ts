import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';

/** A SQLite database that this process alone works with, until it lets go or ends. */
export interface Alone {
  release(): Promise<void>;
}

/** How long we wait for a process that is just ending. */
const PATIENCE_MS = 1000;

/**
 * Takes a SQLite database (`sqlite:…`) for this process; null when another one has it. The lock is SQLite's own, on an
 * empty file beside the database: the system lets go of it when its holder ends, however that comes, and no number of a
 * process that was used again can be mistaken for it.
 */
export async function takeAlone(url: string, patienceMs = PATIENCE_MS): Promise<Alone | null> {
  const file = `${url.slice('sqlite:'.length)}.lock`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = await open(file);
  const release = () => new Promise<void>((resolve) => lock.close(() => resolve()));
  try {
    lock.configure('busyTimeout', patienceMs);
    await new Promise<void>((resolve, reject) =>
      lock.exec('BEGIN EXCLUSIVE', (error) => (error ? reject(error) : resolve())),
    );
    return { release };
  } catch (error) {
    await release();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null;
    throw error;
  }
}

function open(file: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(database)));
  });
}
