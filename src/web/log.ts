import { readLog, type Logged, type LogPage } from '../accounts/index.ts';
import { isWordKey, say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import type { MemberVisit, Visit } from './visit.ts';
import { keyPager } from './lists.ts';

/** /account/log: what was done to one's own account, when and from where. */
export const ownLog = (visit: MemberVisit) => logOf(visit, visit.member.id, '/account/log');

/** /admin/log: the same of all accounts. */
export const fullLog = (visit: MemberVisit) => logOf(visit, null, '/admin/log');

async function logOf(visit: Visit, accountId: number | null, path: string) {
  const after = visit.query.get('after');
  const found = await readLog(visit.db, accountId, after);
  const next = found.next ? `${path}?after=${found.next}` : null;
  const pager = keyPager(path, after, next, true);
  const entries = found.entries.map((entry) => ({ ...entry, words: wordsOf(entry) }));
  const locals = { entries, pager, all: accountId === null };
  const title = say(accountId === null ? 'log.all' : 'log.heading');
  return page('account/log', locals, { title, json: () => logJson(found, next) });
}

const wordsOf = ({ act }: Logged) => {
  const key = `log.act.${act}`;
  return isWordKey(key) ? say(key) : act;
};

const logJson = ({ entries }: LogPage, next: string | null) => ({
  entries: entries.map(({ at, ...entry }) => ({ ...entry, created_at: new Date(at).toISOString() })),
  next,
});
