import { findRenamed } from '../accounts/index.ts';
import { findPersonSeen, type PersonSeen } from '../social/index.ts';
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

/** The same where a name that somebody gave up means them as well. */
export async function someoneOf(visit: Visit): Promise<PersonSeen> {
  const person = await personOf(visit);
  return typeof person === 'string' ? findPersonSeen(visit.db, visit.reader, person) : person;
}
