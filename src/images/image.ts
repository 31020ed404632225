import { jsonRows, query, type Db, type QueryText } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { tiersUpTo, type Quality, type Tier } from '../lib/tiers.ts';
import type { Visibility } from '../lib/visibility.ts';
import { VISIBLE, visibleValues, type Reader } from './visible.ts';

export interface TierFile {
  tier: Tier | 'original';
  publicKey: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
}

/** An image as a reader may see it: `username` is null where they see "Anonymous", `tiers` holds what is open to them. */
export interface Image {
  id: number;
  ownerId: number;
  mine: boolean;
  username: string | null;
  title: string;
  slug: string;
  caption: string;
  alt: string;
  visibility: Visibility;
  showName: boolean;
  resolution: Tier;
  state: 'pending' | 'ready';
  quality: Quality;
  width: number;
  height: number;
  frames: number;
  colour: string;
  placeholder: string;
  likes: number;
  comments: number;
  views: number;
  sourceUrl: string | null;
  pageUrl: string | null;
  creator: string;
  licence: string;
  nopin: boolean;
  stillOf: string | null;
  createdAt: number;
  binnedAt: number | null;
  tiers: TierFile[];
}

export interface ImageRow {
  id: number;
  owner_id: number;
  username: string;
  title: string;
  slug: string;
  caption: string;
  alt: string;
  visibility: Visibility;
  show_name: boolean | number;
  resolution: Tier;
  state: 'pending' | 'ready';
  quality: Quality;
  width: number;
  height: number;
  frames: number;
  colour: string;
  placeholder: string;
  likes: number;
  comments: number;
  views: number;
  source_url: string | null;
  page_url: string | null;
  creator: string;
  licence: string;
  nopin: boolean | number;
  still_of: string | null;
  created_at: number;
  binned_at: number | null;
  tiers: string;
}

const COLUMNS = `i.id, i.owner_id, a.username, i.title, i.slug, i.caption, i.alt, i.visibility, i.show_name, i.resolution,
  i.state, i.quality, i.width, i.height, i.frames, i.colour, i.placeholder, i.likes, i.comments, i.views, i.source_url,
  i.page_url, i.creator, i.licence, i.nopin, i.still_of, i.created_at, i.binned_at`;
const TIERS = jsonRows('f.tier, f.public_key, f.width, f.height, f.bytes, f.type', 'files f WHERE f.image_id = i.id');

/**
 * `SELECT` of images `i` with their owner `a` and their files in one query; `rest` begins at `WHERE` and orders, `first` may
 * name further columns, each followed by a comma.
 */
export function selectImages(rest: string, first = ''): QueryText {
  const from = `FROM images i JOIN accounts a ON a.id = i.owner_id ${rest}`;
  return {
    sqlite: `SELECT ${first} ${COLUMNS}, ${TIERS.sqlite} AS tiers ${from}`,
    postgres: `SELECT ${first} ${COLUMNS}, ${TIERS.postgres} AS tiers ${from}`,
  };
}

type TierTuple = [TierFile['tier'], string, number, number, number, string];

/**
 * Turns a row into what the reader may know of it. The row itself must have been chosen by the rule of visible.ts. Every
 * field is named: copying all the rest of a row that came from SQLite's driver costs as much as asking for it.
 */
export function asSeenBy(reader: Reader, row: ImageRow): Image {
  const mine = reader.id === row.owner_id;
  const showName = Boolean(row.show_name);
  return {
    id: row.id,
    ownerId: row.owner_id,
    mine,
    username: mine || showName ? row.username : null,
    title: row.title,
    slug: row.slug,
    caption: row.caption,
    alt: row.alt,
    visibility: row.visibility,
    showName,
    resolution: row.resolution,
    state: row.state,
    quality: row.quality,
    width: row.width,
    height: row.height,
    frames: row.frames,
    colour: row.colour,
    placeholder: row.placeholder,
    likes: row.likes,
    comments: row.comments,
    views: row.views,
    sourceUrl: row.source_url,
    pageUrl: row.page_url,
    creator: row.creator,
    licence: row.licence,
    nopin: Boolean(row.nopin),
    stillOf: row.still_of,
    createdAt: row.created_at,
    binnedAt: row.binned_at,
    tiers: openTiers(row, mine),
  };
}

function openTiers({ resolution, binned_at, tiers }: ImageRow, mine: boolean): TierFile[] {
  // Nobody has bytes from the bin.
  if (binned_at !== null) return [];
  const open: readonly string[] = mine ? [] : tiersUpTo(resolution);
  return (JSON.parse(tiers) as TierTuple[])
    .filter(([tier]) => mine || open.includes(tier))
    .map(([tier, publicKey, width, height, bytes, type]) => ({ tier, publicKey, width, height, bytes, type }));
}

const byId = query<ImageRow>(selectImages(`WHERE i.id = ? AND ${VISIBLE}`));

/** The image of that number as the reader may see it; a Refusal 404 when they may not, or when it is not there. */
export async function findImage(db: Db, reader: Reader, id: number): Promise<Image> {
  const row = await byId.first(db, [id, ...visibleValues(reader)]);
  if (!row) throw notFound();
  return asSeenBy(reader, row);
}

/** The reader's own image: what edit, delete and the like begin with. Others' are 404. */
export async function findOwnImage(db: Db, ownerId: number, id: number): Promise<Image> {
  const image = await findImage(db, { id: ownerId }, id);
  if (!image.mine) throw notFound();
  return image;
}

const binnedById = query<ImageRow>(selectImages('WHERE i.id = ? AND i.owner_id = ? AND i.binned_at IS NOT NULL'));

/** An image that its owner has put in the bin; nobody else ever sees it there. */
export async function findBinnedImage(db: Db, ownerId: number, id: number): Promise<Image> {
  const row = await binnedById.first(db, [id, ownerId]);
  if (!row) throw notFound();
  return asSeenBy({ id: ownerId }, row);
}
