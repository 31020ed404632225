import { findImage, type Image } from '../images/index.ts';
import { SignInFirst } from './doors.ts';
import { imageId } from './params.ts';
import type { Visit } from './visit.ts';

/** The image of the address. A members' image sends a visitor to the sign-in and back; a private one is not there. */
export async function findOrAsk(visit: Visit): Promise<Image> {
  const id = imageId(visit);
  try {
    return await findImage(visit.db, visit.reader, id);
  } catch (error) {
    if (visit.member || !(await isForMembers(visit, id))) throw error;
    throw new SignInFirst();
  }
}

/** Whether signing in would help anyone at all: asked as a member who owns nothing. */
const isForMembers = ({ db }: Visit, id: number): Promise<boolean> =>
  findImage(db, { id: 0 }, id).then(
    () => true,
    () => false,
  );
