import { z } from 'zod';
import { SIDES, STEPS, type Board, type BoardLink, type WholeBoard } from '../boards/index.ts';
import { VISIBILITIES } from '../lib/visibility.ts';
import { choice, line, text } from './read.ts';
import { count, paged, sitePath } from './shape.ts';

/** The address of a board's page. */
export const boardPath = ({ username, slug }: Pick<Board, 'username' | 'slug'>): string =>
  `${boardsPath(username)}/${encodeURIComponent(slug)}`;

/** The address of a member's boards. */
export const boardsPath = (username: string): string => `/people/${encodeURIComponent(username)}/boards`;

/** A board as a script reads it in every list (design.md §6). */
export const boardJson = ({ slug, title, username, visibility, images }: BoardLink) => ({
  slug,
  title,
  username,
  visibility,
  images,
  url: boardPath({ username, slug }),
});

/** One board by itself: with what lists leave out, and for its owner what only they may know. */
export function wholeBoardJson(board: WholeBoard) {
  const { description, followers, follows, people, parent, inside, username } = board;
  return {
    ...boardJson(board),
    description,
    followers,
    following: follows,
    people,
    parent: parent && boardPath({ username, slug: parent.slug }),
    inside: inside.map(({ slug }) => boardPath({ username, slug })),
    ...(board.mine ? { image_visibility: board.imageVisibility } : {}),
  };
}

export const boardShape = z.strictObject({
  slug: z.string(),
  title: z.string(),
  username: z.string(),
  visibility: z.enum(VISIBILITIES),
  images: count,
  url: sitePath,
});

/** The last is told to its owner alone. */
export const wholeBoardShape = boardShape.extend({
  description: z.string(),
  followers: count,
  following: z.boolean(),
  people: z.array(z.string()),
  parent: sitePath.nullable(),
  inside: z.array(sitePath),
  image_visibility: z.enum(VISIBILITIES).nullable().optional(),
});

export const boardList = z.strictObject({ boards: z.array(boardShape), ...paged });

const title = line(500).refine((value) => value !== '', { error: 'board.title_missing' });

export const boardForm = z.object({ title, description: text(5000), visibility: choice(VISIBILITIES) });

/** A number as forms and JSON say it; '' and null for none. */
const imageNumber = z
  .preprocess(
    (value) => (value === '' || value === null ? undefined : value),
    z.coerce
      .number({ error: 'board.image_missing' })
      .int({ error: 'board.image_missing' })
      .positive({ error: 'board.image_missing' })
      .max(Number.MAX_SAFE_INTEGER, { error: 'board.image_missing' })
      .optional(),
  )
  .meta({ type: ['integer', 'string', 'null'] });

/** What was not sent stays as it is; an empty one of these means none. */
export const boardEditForm = z
  .object({
    title,
    description: text(5000),
    visibility: choice(VISIBILITIES),
    image_visibility: choice(VISIBILITIES).transform((value) => value ?? null),
    parent: line(100).transform((slug) => slug || null),
    cover: imageNumber.transform((id) => id ?? null),
  })
  .partial();

/** What is done with an image on a board: put there, taken off, moved by a step or right beside another one. */
export const arrangeForm = z.object({
  action: z.enum(['add', 'remove', 'cover', ...STEPS, ...SIDES], { error: 'field.choice' }),
  image: imageNumber,
  other: imageNumber,
});

/** A board that an image is put on, taken off, or made for it: `board` is a slug of an own one, or `username/slug`. */
export const filingForm = z.object({
  action: choice(['add', 'remove']),
  board: line(200),
  title: line(500),
});

export const followForm = z.object({ action: z.enum(['follow', 'unfollow'], { error: 'field.choice' }) });

/** Who is asked to work on a board, or no longer does. */
export const collaboratorForm = z.object({ action: choice(['invite', 'remove']), username: line(100) });

/** What somebody says to an invitation; `leave` is what they may say later. */
export const invitationForm = z.object({ action: choice(['accept', 'decline', 'leave']) });

export const boardLinkForm = z.object({ action: choice(['make', 'drop']) });
