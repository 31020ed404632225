import type { Db } from './dialect.ts';
import { dialectOf } from './dialect.ts';
import { query } from './query.ts';
import { openWatch } from './sqlite.ts';

/** Tells whether anything in the database has been changed since, by whichever process. */
export interface Versions {
  /** A text that is another one as soon as anything was committed. What is asked for at the same moment is asked once. */
  now(): Promise<string>;
  /** Whether that is no question to the database, as with SQLite, whose file tells. */
  free: boolean;
  close(): Promise<void>;
}

/**
 * Who has begun and who has ended, as PostgreSQL itself sees it: while that is the same, so is all that can be read. A column for
 * a query that is asked anyway; on SQLite it says nothing.
 */
export const VERSION = { sqlite: 'NULL', postgres: 'CAST(pg_current_snapshot() AS text)' };
const snapshot = query<{ version: string }>(`SELECT ${VERSION.postgres} AS version`);

export function createVersions(db: Db, url: string): Versions {
  const watch = dialectOf(db) === 'sqlite' ? openWatch(url.slice('sqlite:'.length)) : null;
  const ask = watch ? watch.version : async () => (await snapshot.first(db, []))?.version ?? '';
  return { now: oneAfterAnother(ask), free: watch !== null, close: async () => watch?.close() };
}

/** An answer that was asked for before somebody came is too old for them: all that come meanwhile get the next one. */
function oneAfterAnother(ask: () => Promise<string>): () => Promise<string> {
  let running: Promise<string> | null = null;
  let next: Promise<string> | null = null;
  const run = () => {
    next = null;
    const asked = ask().finally(() => {
      if (running === asked) running = null;
    });
    return (running = asked);
  };
  return () => (running ? (next ??= running.then(run, run)) : run());
}
