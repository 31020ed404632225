import { jsonRows, namedPart, readRows, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import type { Reader } from '../images/index.ts';
import type { Visibility } from '../lib/visibility.ts';
import type { Board } from './board.ts';
import { either, eitherValues, readerId } from './select.ts';

/** A board as the page of an image names it. */
export type BoardLink = Pick<Board, 'slug' | 'title' | 'username' | 'visibility' | 'images'>;

/** Boards that a page names at the most. */
const NAMED = 50;

/** The boards on which the reader finds an image. */
export const boardsOfImage = namedPart<[Reader, number], BoardLink[]>({
  text: jsonRows(
    'p.username, p.slug, p.title, p.visibility, p.images',
    `(SELECT o.username, b.slug, b.title, b.visibility, ${either.images} AS images
      FROM board_images s JOIN boards b ON b.id = s.board_id JOIN accounts o ON o.id = b.owner_id
      WHERE s.image_id = @image AND (s.shown >= @need OR (s.shown = 0 AND s.owner_id = @reader)) AND ${either.visible}
      ORDER BY s.board_id DESC LIMIT ${NAMED}) p`,
  ),
  values: (reader, image) => ({ ...eitherValues(reader), image }),
  read: (found) =>
    readRows<[string, string, string, Visibility, number]>(found).map(
      ([username, slug, title, visibility, images]) => ({
        username,
        slug,
        title,
        visibility,
        images: Number(images),
      }),
    ),
});

/** A board in the menu of somebody who files an image. */
export interface Choice {
  username: string;
  slug: string;
  title: string;
  visibility: Visibility;
  mine: boolean;
  /** Whether the image is on it already. */
  on: boolean;
  /** Who sees what is saved into it, unless the form says otherwise. */
  imageVisibility: Visibility | null;
}

/** Boards that a menu offers at the most; others are found by their name. */
const OFFERED = 30;

/** The boards that somebody works on, those first that were used last. `@image` is 0 where none is at hand. */
export const boardMenu = namedPart<[Reader, number], Choice[]>({
  text: jsonRows(
    'p.username, p.slug, p.title, p.visibility, p.mine, p.placed, p.image_visibility',
    `(SELECT o.username, b.slug, b.title, b.visibility, b.owner_id = @reader AS mine, b.image_visibility,
        (SELECT s.image_id FROM board_images s WHERE s.board_id = b.id AND s.image_id = @image
          AND (s.shown >= 1 OR (s.shown = 0 AND s.owner_id = @reader))) AS placed
      FROM boards b JOIN accounts o ON o.id = b.owner_id
      WHERE b.deleted_at IS NULL AND NOT b.owner_disabled AND b.id IN (
        SELECT c.id FROM boards c WHERE c.owner_id = @reader
        UNION ALL SELECT m.board_id FROM board_members m WHERE m.account_id = @reader AND m.accepted_at IS NOT NULL)
      ORDER BY b.used_at DESC, b.id DESC LIMIT ${OFFERED}) p`,
  ),
  values: (reader, image) => ({ reader: readerId(reader), image }),
  read: (found) =>
    readRows<ChoiceRow>(found).map(([username, slug, title, visibility, mine, placed, imageVisibility]) => ({
      username,
      slug,
      title,
      visibility,
      mine: Boolean(mine),
      on: placed !== null,
      imageVisibility,
    })),
});

type ChoiceRow = [string, string, string, Visibility, number | boolean, number | null, Visibility | null];

/** An own board by the end of its address; a Refusal on `board` when there is none. */
export async function findOwnBoard(db: Db, ownerId: number, slug: string): Promise<OwnBoard> {
  const row = await db('boards').where({ owner_id: ownerId, slug, deleted_at: null }).first('id', 'image_visibility');
  if (!row) throw new Refusal(422, 'unknown', 'field.board', { field: 'board' });
  return { id: Number(row.id), imageVisibility: row.image_visibility };
}

export interface OwnBoard {
  id: number;
  imageVisibility: Visibility | null;
}

/** An own board by its name, however it is written; null when there is none. Of several the one used last. */
export async function findByTitle(db: Db, ownerId: number, title: string): Promise<number | null> {
  const rows: { id: number; title: string }[] = await db('boards')
    .where({ owner_id: ownerId, deleted_at: null })
    .orderBy('used_at', 'desc')
    .select('id', 'title');
  const same = rows.find((row) => fold(row.title) === fold(title));
  return same ? Number(same.id) : null;
}

const fold = (title: string) => title.normalize('NFKC').toLowerCase();
