import { countInLists, jsonRows, query, readRows, type Db, type Part } from '../db/index.ts';
import { holdSeen, listNames, type Reader } from '../images/index.ts';
import { forgetAct, recordAct } from './actions.ts';
import { tell, untell } from './tell.ts';

export interface Liked {
  liked: boolean;
  /** How many people like the image now. */
  likes: number;
}

const give = query<{ id: number }>(`
  INSERT INTO likes (account_id, image_id, created_at) VALUES (?, ?, ?)
  ON CONFLICT (account_id, image_id) DO NOTHING RETURNING id`);
const takeBack = query<{ id: number }>('DELETE FROM likes WHERE account_id = ? AND image_id = ? RETURNING id');
const add = query<{ likes: number }>('UPDATE images SET likes = likes + ? WHERE id = ? RETURNING likes');

/** Lets a member like an image that they may see, or like it no more; doing either twice is doing it once. */
export async function setLiked(
  db: Db,
  reader: Reader & { id: number },
  imageId: number,
  liked: boolean,
  now = Date.now(),
): Promise<Liked> {
  return db.transaction(async (trx) => {
    const { ownerId } = await holdSeen(trx, reader, imageId);
    const changed = liked
      ? await give.first(trx, [reader.id, imageId, now])
      : await takeBack.first(trx, [reader.id, imageId]);
    const n = changed === undefined ? 0 : liked ? 1 : -1;
    if (changed) {
      await countInLists(trx, [{ list: listNames.liked(reader.id), at: Number(changed.id), n }]);
      const act = { accountId: reader.id, verb: 'liked', imageId } as const;
      await (liked ? recordAct(trx, act, now) : forgetAct(trx, act));
      const notice = { accountId: ownerId, actorId: reader.id, kind: 'liked', imageId } as const;
      await (liked ? tell(trx, notice, now) : untell(trx, notice));
    }
    return { liked, likes: Number((await add.first(trx, [n, imageId]))?.likes) };
  });
}

/** So many of those who like an image are named on its page; the others are counted. */
const NAMED = 12;

// Whose image it is stays unsaid where their name is off, also when they like it themselves.
const likers = jsonRows(
  'x.id, x.username',
  `(SELECT l.id, CASE WHEN i.show_name OR l.account_id <> i.owner_id OR i.owner_id = ? THEN a.username END AS username
    FROM likes l JOIN images i ON i.id = l.image_id JOIN accounts a ON a.id = l.account_id
    WHERE l.image_id = ? AND a.disabled_at IS NULL ORDER BY l.id DESC LIMIT ${NAMED}) x`,
);

/** Who likes an image, the newest first: their names, null for the owner of one whose name is off. */
export const likersPart: Part<[Reader, number], (string | null)[]> = {
  text: likers,
  values: (reader, imageId) => [reader.id ?? 0, imageId],
  read: (found) =>
    readRows<[number, string | null]>(found)
      .sort(([a], [b]) => b - a)
      .map(([, username]) => username),
};

/** Whether the reader likes an image. */
export const likedPart: Part<[Reader, number], boolean> = {
  text: 'SELECT count(*) FROM likes WHERE account_id = ? AND image_id = ?',
  values: (reader, imageId) => [reader.id ?? 0, imageId],
  read: (found) => Number(found) > 0,
};
