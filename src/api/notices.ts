import { z } from 'zod';
import { NOTICE_KINDS, NOTICE_WAYS, type NoticeKind, type Told } from '../social/index.ts';
import { imageJson } from './images.ts';
import { choice } from './read.ts';

const way = choice(NOTICE_WAYS);

/** How somebody wants to be told of each kind. */
export const noticeSettingsForm = z.object(
  Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, way])) as Record<NoticeKind, typeof way>,
);

/** Up to which notice all were read: the newest on the page. */
export const readNoticesForm = z.object({
  upto: z.coerce
    .number({ error: 'notices.upto' })
    .int({ error: 'notices.upto' })
    .nonnegative({ error: 'notices.upto' }),
});

/** What somebody is told, as a script reads it. */
export const noticeJson = ({ id, kind, username, image, commentId, body, read, createdAt }: Told) => ({
  id,
  kind,
  username,
  image: image && imageJson(image),
  comment: commentId === null ? null : { id: commentId, body },
  read,
  created_at: new Date(createdAt).toISOString(),
});
