import { named, totalOf, type Dialect, type NamedQuery, type Values } from '../db/index.ts';
import { reachNeededBy, selectImages, type Reader } from '../images/index.ts';
import type { BoardRow } from './board.ts';

/** Two kinds of readers: what each finds is written out in the text, so that it matches the partial indexes. */
export type Readers = 'members' | 'visitors';

export const readersOf = (reader: Reader): Readers => (reader.id === null ? 'visitors' : 'members');

/** `@reader` of every query here; a visitor is nobody. */
export const readerId = (reader: Reader): number => reader.id ?? 0;

/** Who works on a board `b`: its owner, and whoever was invited and accepted, while it and its owner are there. */
export const worksOn = (b = 'b') => `(${b}.deleted_at IS NULL AND NOT ${b}.owner_disabled AND (${b}.owner_id = @reader
  OR EXISTS (SELECT 1 FROM board_members m WHERE m.board_id = ${b}.id AND m.account_id = @reader AND m.accepted_at IS NOT NULL)))`;

/** The one rule of who may see a board `b`: whom it reaches, and who works on it. Its images have a rule of their own. */
export const visible = (who: Readers, b = 'b') =>
  who === 'visitors' ? `${b}.reach = 2` : `(${b}.reach >= 1 OR ${worksOn(b)})`;

/** How many images of a board `b` the reader finds there, by the kept counts. */
export const imagesOn = (who: Readers, b = 'b') =>
  totalOf(
    who === 'visitors'
      ? `'board:' || ${b}.id || ':everyone'`
      : `'board:' || ${b}.id || ':members', 'board:' || ${b}.id || ':own:' || CAST(@reader AS bigint)`,
  );

/** Both for a query that all kinds of readers share, where no index depends on it; `eitherValues` fills it. */
export const either = {
  visible: `(b.reach >= @need OR ${worksOn()})`,
  images: totalOf(`'board:' || b.id || CAST(@shared AS text), 'board:' || b.id || ':own:' || CAST(@reader AS bigint)`),
};

export const eitherValues = (reader: Reader): Values => ({
  reader: readerId(reader),
  need: reachNeededBy(reader),
  shared: reader.id === null ? ':everyone' : ':members',
});

/** The picture that stands for a board: the chosen one, else the first; never one that the reader may not see. */
function coverOf(who: Readers, dialect: Dialect) {
  const first = (where: string) =>
    `(SELECT s.image_id FROM board_images s WHERE s.board_id = b.id AND ${where} ORDER BY s.position DESC, s.image_id DESC LIMIT 1)`;
  const mine = 's.shown = 0 AND s.owner_id = @reader';
  const chosen = (where: string) =>
    `(SELECT s.image_id FROM board_images s WHERE s.board_id = b.id AND s.image_id = b.cover_id AND (${where}))`;
  const cover =
    who === 'visitors'
      ? `coalesce(${chosen('s.shown = 2')}, ${first('s.shown = 2')})`
      : `coalesce(${chosen(`s.shown >= 1 OR (${mine})`)}, ${first('s.shown >= 1')}, ${first(mine)})`;
  const seen = who === 'visitors' ? 'i.reach = 2' : '(i.reach >= 1 OR (i.owner_id = @reader AND i.binned_at IS NULL))';
  return `(${selectImages(`WHERE i.id = ${cover} AND ${seen}`)[dialect]})`;
}

/**
 * `SELECT` of boards `b` with their owner `o`, as the readers of that kind find them; `rest` begins at `WHERE` (or a join),
 * `more` may name further columns, each after a comma, and `before` what comes with `WITH`.
 */
export function selectBoards(
  who: Readers,
  rest: string,
  { more = () => '', before = '' }: { more?: (dialect: Dialect) => string; before?: string } = {},
): { sqlite: string; postgres: string } {
  const text = (dialect: Dialect) => `${before}
    SELECT b.id, b.owner_id, o.username, b.slug, b.title, b.description, b.visibility, b.image_visibility, b.followers,
      b.created_at, ${imagesOn(who)} AS images, ${coverOf(who, dialect)} AS cover ${more(dialect)}
    FROM boards b JOIN accounts o ON o.id = b.owner_id ${rest}`;
  return { sqlite: text('sqlite'), postgres: text('postgres') };
}

/** The same question for each kind of readers. */
export const forEach = <Row = BoardRow>(
  text: (who: Readers) => { sqlite: string; postgres: string },
): Record<Readers, NamedQuery<Row>> => ({
  members: named<Row>(text('members')),
  visitors: named<Row>(text('visitors')),
});
