import { query, type Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { foldName, isNameable } from './names.ts';

export interface Person {
  id: number;
  username: string;
  name: string;
  bio: string;
  followers: number;
  following: number;
  createdAt: number;
  /** Public keys of the squares of their photo; null where their name draws one. */
  photo: { small: string; large: string } | null;
}

interface PersonRow {
  id: number;
  username: string;
  first_name: string;
  last_name: string;
  bio: string;
  followers: number;
  following: number;
  created_at: number;
  small: string | null;
  large: string | null;
}

const select = (where: string) =>
  query<PersonRow>(`
  SELECT a.id, a.username, a.first_name, a.last_name, a.bio, a.followers, a.following, a.created_at,
    s.public_key AS small, l.public_key AS large
  FROM accounts a
  LEFT JOIN photos s ON s.account_id = a.id AND s.size = 'small'
  LEFT JOIN photos l ON l.account_id = a.id AND l.size = 'large'
  WHERE ${where} AND a.disabled_at IS NULL`);
const byName = select('a.username_key = ?');
const byId = select('a.id = ?');

/** The member of that name, however it is written; who is disabled is not there. */
export const findPerson = async (db: Db, username: string): Promise<Person> =>
  asPerson(isNameable(username) ? await byName.first(db, [foldName(username)]) : undefined);

/** The member behind a number, such as the one who has just signed in. */
export const findPersonById = async (db: Db, id: number): Promise<Person> => asPerson(await byId.first(db, [id]));

function asPerson(row: PersonRow | undefined): Person {
  if (!row) throw notFound();
  const name = `${row.first_name} ${row.last_name}`.trim();
  const { id, username, bio, followers, following, small, large } = row;
  const photo = small && large ? { small, large } : null;
  return { id, username, name, bio, followers, following, createdAt: row.created_at, photo };
}
