import type { Db } from '../../src/db/index.ts';

/** What the database is asked while something is done. */
export async function queriesOf(db: Db, work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const note = ({ sql }: { sql: string }) => void asked.push(sql);
  db.client.on('query', note);
  try {
    await work();
  } finally {
    db.client.removeListener('query', note);
  }
  return asked;
}
