import { foldName } from '../accounts/index.ts';
import { jsonRows, readRows, type Db, type Dialect, type NamedQuery, type Values } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { asSeenBy, type Image, type Reader } from '../images/index.ts';
import { hashToken, isToken } from '../lib/secret.ts';
import type { Visibility } from '../lib/visibility.ts';
import { forEach, imagesOn, readerId, readersOf, selectBoards, visible, worksOn, type Readers } from './select.ts';

/** A board as a reader may see it: `images` counts, and the cover shows, only what they may see there. */
export interface Board {
  id: number;
  ownerId: number;
  username: string;
  slug: string;
  title: string;
  description: string;
  visibility: Visibility;
  /** Who sees what is saved into it, unless the form says otherwise; null for its owner's own default. */
  imageVisibility: Visibility | null;
  followers: number;
  images: number;
  createdAt: number;
  mine: boolean;
  cover: Image | null;
}

/** One by itself, with what lists leave out. */
export interface WholeBoard extends Board {
  /** Whether the reader puts images on it and orders them: its owner does, and whoever was invited and accepted. */
  works: boolean;
  /** The reader was invited and has not answered yet. */
  invited: boolean;
  follows: boolean;
  /** Who works on it beside its owner. */
  people: string[];
  parent: { slug: string; title: string } | null;
  inside: { slug: string; title: string; images: number }[];
  /** A link is out that shows it to whoever has the link. */
  shared: boolean;
}

export interface BoardRow {
  id: number;
  owner_id: number;
  username: string;
  slug: string;
  title: string;
  description: string;
  visibility: Visibility;
  image_visibility: Visibility | null;
  followers: number;
  images: number;
  created_at: number;
  cover: string | null;
}

interface WholeRow extends BoardRow {
  works: number | boolean;
  invited: number | boolean;
  follows: number | boolean;
  shared: number | boolean;
  people: unknown;
  parent: unknown;
  inside: unknown;
}

/** Turns a row into what the reader may know of it. The row itself must have been chosen by the rule of select.ts. */
export function asBoard(reader: Reader, row: BoardRow): Board {
  const { username, slug, title, description, visibility, cover } = row;
  return {
    id: Number(row.id),
    ownerId: Number(row.owner_id),
    username,
    slug,
    title,
    description,
    visibility,
    imageVisibility: row.image_visibility,
    followers: row.followers,
    images: Number(row.images),
    createdAt: Number(row.created_at),
    mine: Number(row.owner_id) === reader.id,
    cover: cover === null ? null : asSeenBy(reader, { image: cover }),
  };
}

function asWhole(reader: Reader, row: WholeRow | undefined): WholeBoard {
  if (!row) throw notFound();
  const [parent] = readRows<[string, string]>(row.parent);
  const inside = readRows<[string, string, number]>(row.inside);
  return {
    ...asBoard(reader, row),
    works: Boolean(row.works),
    invited: Boolean(row.invited),
    follows: Boolean(row.follows),
    shared: Boolean(row.shared),
    people: readRows<[string]>(row.people).map(([username]) => username),
    parent: parent ? { slug: parent[0], title: parent[1] } : null,
    inside: inside.map(([slug, title, images]) => ({ slug, title, images: Number(images) })),
  };
}

/** What a board's own page asks beside the board. */
const more = (who: Readers) => (dialect: Dialect) => {
  const near = (where: string) =>
    `(SELECT n.id, n.slug, n.title, ${imagesOn(who, 'n')} AS images FROM boards n WHERE ${where} AND ${visible(who, 'n')} ORDER BY n.title, n.id LIMIT 100) p`;
  return `,
    ${worksOn()} AS works,
    EXISTS (SELECT 1 FROM board_members m WHERE m.board_id = b.id AND m.account_id = @reader AND m.accepted_at IS NULL) AS invited,
    EXISTS (SELECT 1 FROM board_follows f WHERE f.board_id = b.id AND f.follower_id = @reader) AS follows,
    b.secret_hash IS NOT NULL AS shared,
    ${jsonRows('p.username', PEOPLE)[dialect]} AS people,
    ${jsonRows('p.slug, p.title', near('n.id = b.parent_id'))[dialect]} AS parent,
    ${jsonRows('p.slug, p.title, p.images', near('n.parent_id = b.id'))[dialect]} AS inside`;
};

const PEOPLE = `(SELECT a.username FROM board_members m JOIN accounts a ON a.id = m.account_id
  WHERE m.board_id = b.id AND m.accepted_at IS NOT NULL AND a.disabled_at IS NULL ORDER BY m.accepted_at, a.id) p`;

const whole = (where: string | ((who: Readers) => string)) =>
  forEach<WholeRow>((who) =>
    selectBoards(who, `WHERE ${typeof where === 'string' ? where : where(who)}`, { more: more(who) }),
  );

const byAddress = whole((who) => `o.username_key = @name AND b.slug = @slug AND ${visible(who)}`);
const byId = whole((who) => `b.id = @id AND ${visible(who)}`);
const byInvitation = whole(
  `o.username_key = @name AND b.slug = @slug AND b.deleted_at IS NULL AND NOT b.owner_disabled
    AND EXISTS (SELECT 1 FROM board_members m WHERE m.board_id = b.id AND m.account_id = @reader)`,
);

const byLink = whole('b.secret_hash = @hash AND b.deleted_at IS NULL AND NOT b.owner_disabled');

const one = async (asked: Record<Readers, NamedQuery<WholeRow>>, db: Db, reader: Reader, values: Values) =>
  asWhole(reader, await asked[readersOf(reader)].first(db, { ...values, reader: readerId(reader) }));

/** The board of that address as the reader may see it; a Refusal 404 when they may not, or when it is not there. */
export const findBoard = (db: Db, reader: Reader, username: string, slug: string): Promise<WholeBoard> =>
  one(byAddress, db, reader, { name: foldName(username), slug });

export const findBoardById = (db: Db, reader: Reader, id: number): Promise<WholeBoard> => one(byId, db, reader, { id });

/** The board of that address for whoever was invited to it, whatever its visibility. */
export const findInvitation = (db: Db, reader: Reader, username: string, slug: string): Promise<WholeBoard> =>
  one(byInvitation, db, reader, { name: foldName(username), slug });

/** The board that a secret link opens, whatever its visibility; its images have their own rule. A Refusal 404 for any other text. */
export const findBoardByLink = async (db: Db, reader: Reader, key: string): Promise<WholeBoard> => {
  if (!isToken(key)) throw notFound();
  return one(byLink, db, reader, { hash: hashToken(key) });
};
