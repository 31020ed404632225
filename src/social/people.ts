import { foldName, isNameable, PEOPLE, type Person } from '../accounts/index.ts';
import {
  countedQueries,
  placeOf,
  query,
  readCounted,
  type Db,
  type ListPart,
  type Part,
  type Query,
  type QueryText,
  type Wanted,
} from '../db/index.ts';
import { notFound } from '../errors.ts';
import type { Reader } from '../images/index.ts';
import { writeCursor } from '../lib/cursor.ts';

/** A member as a reader sees them. */
export interface PersonSeen extends Person {
  /** How many of their images stand under their name for this reader. */
  images: number;
  /** Whether the reader follows them. */
  followed: boolean;
}

type Tuple = [
  id: number,
  username: string,
  firstName: string,
  lastName: string,
  bio: string,
  followers: number,
  following: number,
  createdAt: number,
  small: string | null,
  large: string | null,
  images: number,
  followed: boolean | number,
];

/** `?` are the reader's number three times, and again. A visitor's is 0. */
const columns = (circle: 'members' | 'everyone') => `
  a.id, a.username, a.first_name, a.last_name, a.bio, a.followers, a.following, a.created_at,
  (SELECT p.public_key FROM photos p WHERE p.account_id = a.id AND p.size = 'small'),
  (SELECT p.public_key FROM photos p WHERE p.account_id = a.id AND p.size = 'large'),
  coalesce((SELECT c.n FROM list_counts c WHERE c.shift = 62 AND c.bucket = 0
    AND c.list = CASE WHEN a.id = ? THEN 'own:' || a.id ELSE 'shown:' || a.id || ':${circle}' END), 0),
  EXISTS (SELECT 1 FROM follows mine WHERE mine.follower_id = ? AND mine.account_id = a.id)`;

const select =
  (circle: 'members' | 'everyone', before = '', from = 'accounts a') =>
  (rest: string): Exclude<QueryText, string> => ({
    sqlite: `SELECT ${before} json_array(${columns(circle)}) AS person FROM ${from} WHERE a.disabled_at IS NULL AND ${rest}`,
    postgres: `SELECT ${before} json_build_array(${columns(circle)})::text AS person FROM ${from} WHERE a.disabled_at IS NULL AND ${rest}`,
  });

/** A member as members see them, for a place in a larger query; its `?` are the reader's number, twice. */
export const selectPerson = select('members');

const circleOf = (reader: Reader) => (reader.id === null ? 'everyone' : 'members');
const both = <Made>(make: (circle: 'members' | 'everyone') => Made) => ({
  members: make('members'),
  everyone: make('everyone'),
});
const readerTwice = ({ id }: Reader) => [id ?? 0, id ?? 0];

/** A row of `selectPerson`. */
export function asPerson(text: string): PersonSeen {
  const [id, username, first, last, bio, followers, following, createdAt, small, large, images, followed] = JSON.parse(
    text,
  ) as Tuple;
  const photo = small && large ? { small, large } : null;
  const name = `${first} ${last}`.trim();
  return { id, username, name, bio, followers, following, createdAt, photo, images, followed: Boolean(followed) };
}

const byName = both((circle) => query<{ person: string }>(select(circle)('a.username_key = ?')));

/** The member of that name, however it is written; who is disabled is not there: a Refusal 404. */
export async function findPersonSeen(db: Db, reader: Reader, username: string): Promise<PersonSeen> {
  const row = isNameable(username)
    ? await byName[circleOf(reader)].first(db, [...readerTwice(reader), foldName(username)])
    : undefined;
  if (!row) throw notFound();
  return asPerson(row.person);
}

/** The same for a place in a larger query; null where there is none. Its texts name the reader twice before the name. */
export const personNamed: Record<
  'members' | 'visitors',
  Part<[reader: Reader, username: string], PersonSeen | null>
> = {
  members: namedIn('members'),
  visitors: namedIn('everyone'),
};

function namedIn(circle: 'members' | 'everyone'): Part<[Reader, string], PersonSeen | null> {
  const found = select(circle)('a.username_key = ?');
  return {
    text: { sqlite: found.sqlite, postgres: found.postgres },
    values: (reader, username) => [...readerTwice(reader), foldName(username)],
    read: (person) => (typeof person === 'string' ? asPerson(person) : null),
  };
}

export interface PeoplePage extends Omit<ListPart, 'rows'> {
  people: PersonSeen[];
}

export const PEOPLE_SIZE = 16;

const everybody = both((circle) => countedQueries('a.id', 'person', select(circle, 'a.id AS place,')));

/** Everybody who has an account, the newest member first. */
export async function readPeople(db: Db, reader: Reader, wanted: Wanted): Promise<PeoplePage> {
  const list = { name: PEOPLE, size: PEOPLE_SIZE, values: readerTwice(reader), ...everybody[circleOf(reader)] };
  const { rows, ...part } = await readCounted(db, list, wanted);
  return { people: rows.map(asPerson), ...part };
}

type Keyed = Record<'members' | 'everyone', Query<{ place: number; person: string }>>;

/** People beside rows that are in the order of their numbers, newest first. */
const keyed = (join: string, where: string, key: string): Keyed =>
  both((circle) =>
    query(
      select(circle, `${key} AS place,`, `accounts a ${join}`)(`${where} AND ${key} < ? ORDER BY ${key} DESC LIMIT ?`),
    ),
  );

const followers = keyed('JOIN follows f ON f.follower_id = a.id', 'f.account_id = ?', 'f.id');
const following = keyed('JOIN follows f ON f.account_id = a.id', 'f.follower_id = ?', 'f.id');
// An owner whose name is off is not among those who like their image.
const likers = keyed(
  'JOIN likes l ON l.account_id = a.id JOIN images i ON i.id = l.image_id',
  'l.image_id = ? AND (i.show_name OR l.account_id <> i.owner_id OR l.account_id = ?)',
  'l.id',
);

/** Part of a list that is found by key alone; how long it is, is kept elsewhere. */
async function readKeyed(db: Db, reader: Reader, list: Keyed, values: number[], total: number, after: string | null) {
  const top = after === null ? Number.MAX_SAFE_INTEGER : placeOf(after);
  const rows = await list[circleOf(reader)].all(db, [...readerTwice(reader), ...values, top, PEOPLE_SIZE + 1]);
  const shown = rows.slice(0, PEOPLE_SIZE);
  const last = shown.at(-1);
  const next = rows.length > PEOPLE_SIZE && last ? writeCursor([Number(last.place)]) : null;
  const pages = Math.max(1, Math.ceil(total / PEOPLE_SIZE));
  const page: PeoplePage = {
    people: shown.map(({ person }) => asPerson(person)),
    next,
    page: after === null ? 1 : null,
    pages,
    total,
  };
  return page;
}

/** Who follows somebody, last come first. */
export const readFollowers = (db: Db, reader: Reader, person: Person, after: string | null) =>
  readKeyed(db, reader, followers, [person.id], person.followers, after);

/** Whom somebody follows, last followed first. */
export const readFollowing = (db: Db, reader: Reader, person: Person, after: string | null) =>
  readKeyed(db, reader, following, [person.id], person.following, after);

/** Who likes an image, last liked first; whether the reader may see it is asked before. */
export const readLikers = (db: Db, reader: Reader, image: { id: number; likes: number }, after: string | null) =>
  readKeyed(db, reader, likers, [image.id, reader.id ?? 0], image.likes, after);
