import { notFound, Refusal } from '../errors.ts';
import { findImage, findOwnImage, type Image } from '../images/index.ts';
import { findComment, mayRemove, type CommentRow, type PersonSeen } from '../social/index.ts';
import { imageId, numberIn } from './params.ts';
import { someoneOf } from './someone.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** Who may come in: turns a visit into what a handler may rely on, or refuses. It stands in the line of the route. */
export interface Door<V extends Visit> {
  name:
    | 'anyone'
    | 'member'
    | 'owner'
    | 'seen'
    | 'someone'
    | 'author'
    | 'remover'
    | 'curator'
    | 'moderator'
    | 'admin'
    | 'gallery'
    | 'fresh';
  open(visit: Visit): V | Promise<V>;
}

export type OwnerVisit = MemberVisit & { image: Image };
export type SeenVisit = MemberVisit & { image: Image };
export type SomeoneVisit = MemberVisit & { person: PersonSeen };
export type CommentVisit = SeenVisit & { comment: CommentRow };

/** Nobody is signed in: pages send to the sign-in, scripts get a 401. */
export class SignInFirst extends Refusal {
  constructor() {
    super(401, 'sign_in', 'error.sign_in');
  }
}

/** Somebody is signed in, but showed it too long ago for this: pages send to /account/again, scripts get a 401. */
export class ConfirmFirst extends Refusal {
  constructor() {
    super(401, 'confirm', 'error.confirm');
  }
}

/** Somebody is signed in who does not run the site: pages send to their account, scripts get a 403. */
export class AdminsOnly extends Refusal {
  constructor() {
    super(403, 'forbidden', 'error.forbidden');
  }
}

const signedIn = (visit: Visit): MemberVisit => {
  if (!visit.member) throw new SignInFirst();
  return visit as MemberVisit;
};

export const anyone: Door<Visit> = { name: 'anyone', open: (visit) => visit };

export const member: Door<MemberVisit> = { name: 'member', open: signedIn };

/** The site wants a second factor, and this member has none yet: pages send to where it is set up, scripts get a 403. */
export class SecondFactorFirst extends Refusal {
  constructor() {
    super(403, 'second_factor', 'error.second_factor');
  }
}

/** How long the password or passkey that was shown is enough for sensitive changes (ASVS 7.5.1). */
export const FRESH_MS = 15 * 60 * 1000;

/** Members who showed just now who they are: for what would let somebody at an open screen take over the account. */
export const fresh: Door<MemberVisit> = {
  name: 'fresh',
  open(visit) {
    const mine = signedIn(visit);
    if (Date.now() - mine.member.freshAt > FRESH_MS) throw new ConfirmFirst();
    return mine;
  },
};

/** Moderators and administrators: to other members what stands behind it is not there. */
export const moderator: Door<MemberVisit> = {
  name: 'moderator',
  open(visit) {
    const mine = signedIn(visit);
    if (mine.member.role === 'member') throw notFound();
    return mine;
  },
};

/** Those who run the site: other members are sent home, scripts get a 403. */
export const admin: Door<MemberVisit> = {
  name: 'admin',
  open(visit) {
    const mine = signedIn(visit);
    if (mine.member.role !== 'admin') throw new AdminsOnly();
    return mine;
  },
};

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

/** Members who may see the image that the address names; to everyone else it is not there. */
export const seen: Door<SeenVisit> = {
  name: 'seen',
  async open(visit) {
    const mine = signedIn(visit);
    return { ...mine, image: await findImage(visit.db, visit.reader, imageId(visit)) };
  },
};

/** A comment of the address that this member may do something with; to everyone else it is not there. */
const commentDoor = (name: 'author' | 'remover', may: (visit: CommentVisit) => boolean): Door<CommentVisit> => ({
  name,
  async open(visit) {
    const inside = await seen.open(visit);
    const comment = await findComment(visit.db, inside.image.id, numberIn(visit, 'comment'));
    const mine = { ...inside, comment };
    if (!may(mine)) throw notFound();
    return mine;
  },
});

const isOwn = ({ comment, member }: CommentVisit) => comment.accountId === member.id;

/** Whoever wrote the comment. */
export const author = commentDoor('author', isOwn);

/** Whoever may take the comment away. */
export const remover = commentDoor('remover', (visit) => mayRemove(visit.reader, visit.image, isOwn(visit)));

/** Members, and somebody whom the address names; without such a person there is nothing. */
export const someone: Door<SomeoneVisit> = {
  name: 'someone',
  async open(visit) {
    const mine = signedIn(visit);
    return { ...mine, person: await someoneOf(visit) };
  },
};
