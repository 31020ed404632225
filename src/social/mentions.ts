import { foldName } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';
import { namesIn } from '../lib/prose.ts';

/** So many people can be named in one comment; further names stay text. */
const MOST = 20;
const LONGEST = 60;

/** Notes whom a comment names, in the place of what was noted before; answers the numbers of those who are there. */
export async function setMentions(trx: Db, commentId: number, body: string): Promise<number[]> {
  await trx('mentions').where({ comment_id: commentId }).delete();
  const keys = [...new Set(namesIn(body).map(foldName))].filter((key) => key.length <= LONGEST);
  if (keys.length === 0) return [];
  const people: { id: number; username_key: string }[] = await trx('accounts')
    .whereIn('username_key', keys.slice(0, 4 * MOST))
    .whereNull('disabled_at')
    .orderBy('id')
    .limit(MOST)
    .select('id', 'username_key');
  if (people.length > 0)
    await trx('mentions').insert(
      people.map(({ id, username_key }) => ({ comment_id: commentId, account_id: id, name_key: username_key })),
    );
  return people.map(({ id }) => Number(id));
}
