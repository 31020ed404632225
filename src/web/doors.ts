import { Refusal } from '../errors.ts';
import { findOwnImage, type Image } from '../images/index.ts';
import { imageId } from './params.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** Who may come in: turns a visit into what a handler may rely on, or refuses. It stands in the line of the route. */
export interface Door<V extends Visit> {
  name: 'anyone' | 'member' | 'owner' | 'moderator' | 'admin' | 'gallery';
  open(visit: Visit): V | Promise<V>;
}

export type OwnerVisit = MemberVisit & { image: Image };

/** Nobody is signed in: pages send to the sign-in, scripts get a 401. */
export class SignInFirst extends Refusal {
  constructor() {
    super(401, 'sign_in', 'error.sign_in');
  }
}

const signedIn = (visit: Visit): MemberVisit => {
  if (!visit.member) throw new SignInFirst();
  return visit as MemberVisit;
};

export const anyone: Door<Visit> = { name: 'anyone', open: (visit) => visit };

export const member: Door<MemberVisit> = { name: 'member', open: signedIn };

/** Members, and visitors of an open gallery. */
export const gallery: Door<Visit> = {
  name: 'gallery',
  open: (visit) => (visit.site.config.openGallery ? visit : signedIn(visit)),
};

/** The owner of the image that the address names; to everyone else it is not there. */
export const owner: Door<OwnerVisit> = {
  name: 'owner',
  async open(visit) {
    const mine = signedIn(visit);
    return { ...mine, image: await findOwnImage(visit.db, mine.member.id, imageId(visit)) };
  },
};
