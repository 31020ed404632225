import { findRenamed, isNameable } from '../accounts/index.ts';
import { newestOf, type Board } from '../boards/index.ts';
import { oneQuery } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { findPersonSeen, personNamed, type PersonSeen } from '../social/index.ts';
import { textIn } from './params.ts';
import type { Visit } from './visit.ts';

export const personPath = (username: string) => `/people/${encodeURIComponent(username)}`;

/** The member of the address as the reader sees them, or the name they have now. */
export async function personOf(visit: Visit): Promise<PersonSeen | string> {
  const named = textIn(visit, 'username');
  try {
    return await findPersonSeen(visit.db, visit.reader, named);
  } catch (error) {
    const now = await findRenamed(visit.db, named);
    if (now === null) throw error;
    return now;
  }
}

const found = {
  members: oneQuery({ person: personNamed.members, boards: newestOf.members }),
  visitors: oneQuery({ person: personNamed.visitors, boards: newestOf.visitors }),
};

/** The same with their newest boards, in one query. */
export async function personWithBoards(visit: Visit): Promise<{ person: PersonSeen; boards: Board[] } | string> {
  const { db, reader } = visit;
  const named = textIn(visit, 'username');
  if (isNameable(named)) {
    const { person, boards } = await found[reader.id === null ? 'visitors' : 'members'](db, reader, named);
    if (person) return { person, boards: boards(reader) };
  }
  const now = await findRenamed(db, named);
  if (now === null) throw notFound();
  return now;
}

/** The same where a name that somebody gave up means them as well. */
export async function someoneOf(visit: Visit): Promise<PersonSeen> {
  const person = await personOf(visit);
  return typeof person === 'string' ? findPersonSeen(visit.db, visit.reader, person) : person;
}
