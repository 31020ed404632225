import type { Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { hashToken, randomToken } from '../lib/secret.ts';

/** Makes the secret link of an own board and answers its key: the only time that it is there in clear. One before it leads nowhere. */
export async function makeBoardLink(db: Db, ownerId: number, boardId: number): Promise<string> {
  const key = randomToken();
  await setHash(db, ownerId, boardId, hashToken(key));
  return key;
}

/** Takes the link back: from now on it leads nowhere. Twice is once. */
export const dropBoardLink = (db: Db, ownerId: number, boardId: number) => setHash(db, ownerId, boardId, null);

async function setHash(db: Db, ownerId: number, boardId: number, hash: string | null) {
  const changed = await db('boards')
    .where({ id: boardId, owner_id: ownerId, deleted_at: null })
    .update({ secret_hash: hash });
  if (changed === 0) throw notFound();
}
