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
  /** Which way its bytes came. */
  arrived: string;
  stillOf: string | null;
  createdAt: number;
  updatedAt: number;
  binnedAt: number | null;
  tiers: TierFile[];
}

/** A row of `selectImages`, to be read by `asSeenBy` alone. */
export interface ImageRow {
  /** JSON of an `ImageTuple`. */
  image: string;
}

type TierTuple = [TierFile['tier'], string, number, number, number, string];

/** What `COLUMNS` selects, in its order. */
type ImageTuple = [
  id: number,
  ownerId: number,
  username: string,
  title: string,
  slug: string,
  caption: string,
  alt: string,
  visibility: Visibility,
  showName: boolean | number,
  resolution: Tier,
  state: Image['state'],
  quality: Quality,
  width: number,
  height: number,
  frames: number,
  colour: string,
  placeholder: string,
  likes: number,
  comments: number,
  views: number,
  sourceUrl: string | null,
  pageUrl: string | null,
  creator: string,
  licence: string,
  nopin: boolean | number,
  arrived: string,
  stillOf: string | null,
  createdAt: number,
  updatedAt: number,
  binnedAt: number | null,
  tiers: TierTuple[],
];

const COLUMNS = `i.id, i.owner_id, a.username, i.title, i.slug, i.caption, i.alt, i.visibility, i.show_name, i.resolution,
  i.state, i.quality, i.width, i.height, i.frames, i.colour, i.placeholder, i.likes, i.comments, i.views, i.source_url,
  i.page_url, i.creator, i.licence, i.nopin, i.arrived, i.still_of, i.created_at, i.updated_at, i.binned_at`;
const TIERS = jsonRows('f.tier, f.public_key, f.width, f.height, f.bytes, f.type', 'files f WHERE f.image_id = i.id');

/**
 * `SELECT` of images `i` with their owner `a` and their files in one query; `rest` begins at `WHERE` and orders, `first` may
 * name further columns, each followed by a comma. Each image is one text of JSON: SQLite's driver takes half a millisecond
 * to hand over thirty columns of a page one by one, and half of that so.
 */
export function selectImages(rest: string, first = ''): Exclude<QueryText, string> {
  const from = `FROM images i JOIN accounts a ON a.id = i.owner_id ${rest}`;
  return {
    sqlite: `SELECT ${first} json_array(${COLUMNS}, ${TIERS.sqlite}) AS image ${from}`,
    postgres: `SELECT ${first} json_build_array(${COLUMNS}, ${TIERS.postgres})::text AS image ${from}`,
  };
}

/** Turns a row into what the reader may know of it. The row itself must have been chosen by the rule of visible.ts. */
export function asSeenBy(reader: Reader, row: ImageRow): Image {
  const [
    id,
    ownerId,
    ownerName,
    title,
    slug,
    caption,
    alt,
    visibility,
    shown,
    resolution,
    state,
    quality,
    width,
    height,
    frames,
    colour,
    placeholder,
    likes,
    comments,
    views,
    sourceUrl,
    pageUrl,
    creator,
    licence,
    unpinnable,
    arrived,
    stillOf,
    createdAt,
    updatedAt,
    binnedAt,
    files,
  ] = JSON.parse(row.image) as ImageTuple;
  const mine = reader.id === ownerId;
  return {
    id,
    ownerId,
    mine,
    username: mine || shown ? ownerName : null,
    title,
    slug,
    caption,
    alt,
    visibility,
    showName: Boolean(shown),
    resolution,
    state,
    quality,
    width,
    height,
    frames,
    colour,
    placeholder,
    likes,
    comments,
    views,
    sourceUrl,
    pageUrl,
    creator,
    licence,
    nopin: Boolean(unpinnable),
    arrived,
    stillOf,
    createdAt,
    updatedAt,
    binnedAt,
    // Nobody has bytes from the bin.
    tiers: binnedAt === null ? openTiers(files, resolution, mine) : [],
  };
}

function openTiers(files: readonly TierTuple[], resolution: Tier, mine: boolean): TierFile[] {
  const open: readonly string[] = mine ? [] : tiersUpTo(resolution);
  return files
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
