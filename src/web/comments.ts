import { commentForm } from '../api/together.ts';
import { commentJson } from '../api/comments.ts';
import { imagePath } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import type { Refusal } from '../errors.ts';
import type { Image } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { addComment, COMMENTS_SIZE, editComment, readComment, readComments, removeComment } from '../social/index.ts';
import { page, seeOther } from './answer.ts';
import { card } from './cards.ts';
import { commentsShown } from './comments-shown.ts';
import type { CommentVisit, SeenVisit } from './doors.ts';
import { errorsOf, typed } from './fields.ts';
import { findOrAsk } from './sight.ts';
import type { Visit } from './visit.ts';
import { keyPager } from './lists.ts';

const pathOf = ({ id }: Image) => `/images/${id}/comments`;

/** GET /images/ID/comments: the newest first. */
export const listComments = async (visit: Visit) => show(visit, await findOrAsk(visit), '', null);

async function show(visit: Visit, image: Image, body: string, refusal: Refusal | null) {
  const after = refusal ? null : visit.query.get('after');
  const found = await readComments(visit.db, visit.reader, image.id, after);
  const next = found.next && `${pathOf(image)}?after=${found.next}`;
  const pager = keyPager(pathOf(image), after, next);
  const comments = { ...commentsShown(visit.reader, image, found), body, errors: errorsOf(refusal) };
  const json = () => ({
    comments: found.comments.map(commentJson),
    next,
    page: after === null ? 1 : null,
    pages: Math.max(1, Math.ceil(image.comments / COMMENTS_SIZE)),
  });
  return page('images/comments', { image: card(image), comments, pager }, { title: say('comments.heading'), json });
}

/** POST /images/ID/comments. */
export async function comment(visit: SeenVisit) {
  const { db, reader, member, image } = visit;
  const { body } = readForm(commentForm, visit.form);
  const id = await addComment(db, { ...reader, id: member.id }, image.id, body);
  return answer(visit, id, 201);
}

export const commentAgain = (visit: SeenVisit, refusal: Refusal) =>
  show(visit, visit.image, typed(visit.form, 'body'), refusal);

/** Where a comment stands now, or its JSON. It may be gone again a moment after it was written. */
async function answer({ db, reader, image }: SeenVisit, id: number, status: number) {
  const found = await readComment(db, reader, image.id, id);
  const body = { comment: found ? commentJson(found) : null };
  return seeOther(`${imagePath(image)}#comment-${id}`, { status, body });
}

/** GET /images/ID/comments/CID/edit. */
export const editCommentPage = (visit: CommentVisit) => showEdit(visit, visit.comment.body, null);

const showEdit = ({ image, comment }: CommentVisit, body: string, refusal: Refusal | null) =>
  page(
    'images/comment',
    { image: card(image), href: `${pathOf(image)}/${comment.id}/edit`, body, errors: errorsOf(refusal) },
    { title: say('comments.edit') },
  );

export const editCommentAgain = (visit: CommentVisit, refusal: Refusal) =>
  showEdit(visit, typed(visit.form, 'body'), refusal);

/** POST /images/ID/comments/CID/edit: for some minutes after it was written. */
export async function changeComment(visit: CommentVisit) {
  const { db, reader, member, comment } = visit;
  const { body } = readForm(commentForm, visit.form);
  await editComment(db, { ...reader, id: member.id }, comment, body);
  return answer(visit, comment.id, 200);
}

/** POST /images/ID/comments/CID/delete. */
export async function deleteComment(visit: CommentVisit) {
  const { db, reader, member, image, comment } = visit;
  await removeComment(db, { ...reader, id: member.id }, comment);
  if (!visit.wantsJson) visit.say('done', comment.accountId === member.id ? 'comments.deleted' : 'comments.removed');
  return seeOther(`${imagePath(image)}#comments`, { status: 200, body: { deleted: true } });
}
