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
}

const select = (where: string) =>
  query<PersonRow>(`
  SELECT id, username, first_name, last_name, bio, followers, following, created_at
  FROM accounts WHERE ${where} AND disabled_at IS NULL`);
const byName = select('username_key = ?');
const byId = select('id = ?');

/** The member of that name, however it is written; who is disabled is not there. */
export const findPerson = async (db: Db, username: string): Promise<Person> =>
  asPerson(isNameable(username) ? await byName.first(db, [foldName(username)]) : undefined);

/** The member behind a number, such as the one who has just signed in. */
export const findPersonById = async (db: Db, id: number): Promise<Person> => asPerson(await byId.first(db, [id]));

function asPerson(row: PersonRow | undefined): Person {
  if (!row) throw notFound();
  const name = `${row.first_name} ${row.last_name}`.trim();
  const { id, username, bio, followers, following } = row;
  return { id, username, name, bio, followers, following, createdAt: row.created_at };
}
