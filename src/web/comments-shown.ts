import { foldName } from '../accounts/index.ts';
import type { Image, Reader } from '../images/index.ts';
import { portraitOf } from '../lib/portrait.ts';
import { proseOf } from '../lib/prose.ts';
import { isFresh, mayRemove, type Comment, type CommentPage } from '../social/index.ts';
import { photoPath } from './profile.ts';

/** What a page prints of a comment: decided here, who may do what with it. */
export function commentShown(reader: Reader, image: Image, comment: Comment) {
  const { id, username, gone, mine, body, createdAt, editedAt, photo } = comment;
  const path = `/images/${image.id}/comments/${id}`;
  return {
    id,
    username,
    gone,
    href: username && `/people/${encodeURIComponent(username)}`,
    photo: photo && photoPath(photo),
    portrait: username === null ? null : portraitOf(username),
    pieces: proseOf(body, (name) => comment.people.get(foldName(name))),
    createdAt,
    edited: editedAt !== null,
    mine,
    editHref: mine && isFresh(comment) ? `${path}/edit` : null,
    deleteHref: mayRemove(reader, image, mine) ? `${path}/delete` : null,
  };
}

export const commentsShown = (reader: Reader, image: Image, { comments, next }: CommentPage) => ({
  href: `/images/${image.id}/comments`,
  count: image.comments,
  all: comments.map((comment) => commentShown(reader, image, comment)),
  older: next && `/images/${image.id}/comments?after=${next}`,
  body: '',
  errors: {},
});
