import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Db } from '../../src/db/index.ts';

const asking = new AsyncLocalStorage<symbol>();

/**
 * What the database is asked while something is done, and for it: by the work itself and by the requests that it makes.
 * What the site does of its own accord meanwhile (the search takes up what is new, jobs are fetched) is nobody's answer.
 */
export async function queriesOf(db: Db, work: () => Promise<unknown>): Promise<string[]> {
  const own = Symbol('own');
  const asked: string[] = [];
  const note = ({ sql }: { sql: string }) => void (asking.getStore() === own && asked.push(sql));
  // Published in the server's own context, right before it hands the request on.
  const mark = () => asking.enterWith(own);
  db.client.on('query', note);
  subscribe('http.server.request.start', mark);
  try {
    await asking.run(own, work);
  } finally {
    unsubscribe('http.server.request.start', mark);
    db.client.removeListener('query', note);
  }
  return asked;
}
