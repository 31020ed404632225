import { placeOf, query, type Db } from '../db/index.ts';
import { asSeenBy, selectImages, VISIBLE, visibleValues, type Image, type Reader } from '../images/index.ts';
import { writeCursor } from '../lib/cursor.ts';
import type { Verb } from './actions.ts';
import { asPerson, selectPerson, type PersonSeen } from './people.ts';

/** What somebody did whom the reader follows, as far as the reader may see what it was done to. */
export interface Action {
  id: number;
  username: string;
  /** Public key of the small square of their photo. */
  photo: string | null;
  verb: Verb;
  image: Image | null;
  person: PersonSeen | null;
  createdAt: number;
}

interface Row {
  id: number;
  username: string;
  photo: string | null;
  verb: Verb;
  image: string | null;
  person: string | null;
  created_at: number;
}

export const ACTIONS_SIZE = 16;

/**
 * The newest acts of each whom the reader follows, by the index of each, and of those the newest. What an owner does below
 * their own image is not told where their name is off.
 */
const text = (dialect: 'sqlite' | 'postgres') => `
  SELECT x.id, x.verb, x.created_at, u.username, s.public_key AS photo,
    (${selectImages('WHERE i.id = x.image_id')[dialect]}) AS image, (${selectPerson('a.id = x.person_id')[dialect]}) AS person
  FROM follows f
  JOIN accounts u ON u.id = f.account_id AND u.disabled_at IS NULL
  JOIN actions x ON x.id IN (
    SELECT y.id FROM actions y
    LEFT JOIN images i ON i.id = y.image_id
    LEFT JOIN accounts p ON p.id = y.person_id AND p.disabled_at IS NULL
    WHERE y.account_id = f.account_id AND y.id < ?
      AND (p.id IS NOT NULL OR (${VISIBLE} AND (i.show_name OR i.owner_id <> y.account_id)))
    ORDER BY y.id DESC LIMIT ?)
  LEFT JOIN photos s ON s.account_id = u.id AND s.size = 'small'
  WHERE f.follower_id = ? ORDER BY x.id DESC LIMIT ?`;

const select = query<Row>({ sqlite: text('sqlite'), postgres: text('postgres') });

/** What the people did whom a member follows, newest first. */
export async function readActivity(db: Db, reader: Reader & { id: number }, after: string | null) {
  const top = after === null ? Number.MAX_SAFE_INTEGER : placeOf(after);
  const limit = ACTIONS_SIZE + 1;
  const values = [reader.id, reader.id, top, ...visibleValues(reader), limit, reader.id, limit];
  const rows = await select.all(db, values);
  const actions = rows.slice(0, ACTIONS_SIZE).map((row) => asAction(reader, row));
  const last = actions.at(-1);
  return { actions, next: rows.length > ACTIONS_SIZE && last ? writeCursor([last.id]) : null };
}

const asAction = (reader: Reader, { id, username, photo, verb, image, person, created_at }: Row): Action => ({
  id: Number(id),
  username,
  photo,
  verb,
  image: image === null ? null : asSeenBy(reader, { image }),
  person: person === null ? null : asPerson(person),
  createdAt: Number(created_at),
});
