import { imagePath } from '../api/images.ts';
import { say } from '../lib/words/index.ts';
import { readRemoved, type RemovedComment } from '../social/index.ts';
import { page } from './answer.ts';
import type { MemberVisit } from './visit.ts';
import { keyPager } from './lists.ts';

const PATH = '/moderation/comments';

/** GET /moderation/comments: what owners and moderators took away. */
export async function removedComments(visit: MemberVisit) {
  const after = visit.query.get('after');
  const found = await readRemoved(visit.db, visit.reader, after);
  const next = found.next && `${PATH}?after=${found.next}`;
  const pager = keyPager(PATH, after, next);
  const comments = found.comments.map((comment) => ({ ...comment, href: comment.image && imagePath(comment.image) }));
  const json = () => ({ comments: found.comments.map(asJson), next });
  return page('moderation/comments', { comments, pager }, { title: say('removed.heading'), json });
}

const asJson = ({ id, image, username, body, createdAt, removedBy, removedAt }: RemovedComment) => ({
  id,
  image: image && imagePath(image),
  username,
  body,
  created_at: new Date(createdAt).toISOString(),
  removed_by: removedBy,
  removed_at: new Date(removedAt).toISOString(),
});
