import { imagePath } from '../api/images.ts';
import { likeForm } from '../api/together.ts';
import { readForm } from '../api/read.ts';
import { likedBy } from '../feed/index.ts';
import type { Image } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { setLiked } from '../social/index.ts';
import { page, seeOther } from './answer.ts';
import type { SeenVisit } from './doors.ts';
import { listJson, listLocals, pageOf } from './lists.ts';
import type { MemberVisit } from './visit.ts';

/** POST /images/ID/like. */
export async function like({ db, reader, member, image, form }: SeenVisit) {
  const { action } = readForm(likeForm, form);
  const found = await setLiked(db, { ...reader, id: member.id }, image.id, action === 'like');
  return seeOther(`${imagePath(image)}#likes`, { status: 200, body: found });
}

/** GET /images/liked: what one likes, last liked first. */
export async function likedImages(visit: MemberVisit) {
  const found = await pageOf(visit, likedBy(visit.member.id));
  const locals = { ...listLocals('/images/liked', found), heading: say('likes.heading'), empty: 'likes.empty' };
  return page('images/index', locals, { title: say('likes.heading'), json: () => listJson('/images/liked', found) });
}

/** What an image's page prints of those who like it. */
export const likesShown = ({ id, likes }: Image, named: readonly (string | null)[], liked: boolean) => ({
  href: `/images/${id}/like`,
  liked,
  count: likes,
  named: named.map((username) => ({ username, href: username && `/people/${encodeURIComponent(username)}` })),
  others: Math.max(0, likes - named.length),
});
