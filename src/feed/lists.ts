import { query, type Query } from '../db/index.ts';
import { ALL, listNames, selectImages, type ImageRow, type Reader } from '../images/index.ts';

/** A list of images in the order of their numbers, newest first, that is counted in `list_counts`. */
export interface List {
  /** Its name in `list_counts`. */
  name: string;
  size: number;
  /**
   * The rows from a number downwards, each with the list's length: `?` are its name, its own values, the number, how many,
   * and how many to pass over.
   */
  rows: Query<ListRow>;
  values: readonly number[];
}

export type ListRow = ImageRow & { total: number | null };

const TOTAL = `(SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0) AS total,`;

const downwards = (where: string) =>
  query<ListRow>(selectImages(`WHERE ${where} AND i.id < ? ORDER BY i.id DESC LIMIT ? OFFSET ?`, TOTAL));

// The conditions are written out, not given as values, so that they match the partial indexes of the images.
const forMembers = downwards('i.reach >= 1');
const forAll = downwards('i.reach = 2');
const own = downwards('i.owner_id = ? AND i.binned_at IS NULL');
const ownPrivate = downwards("i.owner_id = ? AND i.binned_at IS NULL AND i.visibility = 'private'");
const binned = downwards('i.owner_id = ? AND i.binned_at IS NOT NULL');
const shownToMembers = downwards('i.owner_id = ? AND i.reach >= 1 AND i.show_name');
const shownToAll = downwards('i.owner_id = ? AND i.reach = 2 AND i.show_name');

/** /images: what members share, the same for every member; visitors of an open gallery see what is public. */
export const gallery = (reader: Reader): List =>
  reader.id === null
    ? { name: listNames.everyone, size: 16, rows: forAll, values: [] }
    : { name: listNames.members, size: 16, rows: forMembers, values: [] };

/** A profile: all of one's own, and of others what they share under their name. */
export function profile(reader: Reader, ownerId: number): List {
  const of = { size: 6, values: [ownerId] };
  if (reader.id === ownerId) return { ...of, name: listNames.own(ownerId), rows: own };
  if (reader.id === null) return { ...of, name: listNames.shownToAll(ownerId), rows: shownToAll };
  return { ...of, name: listNames.shownToMembers(ownerId), rows: shownToMembers };
}

export const privateOf = (ownerId: number): List => ({
  name: listNames.private(ownerId),
  size: 6,
  rows: ownPrivate,
  values: [ownerId],
});

export const binOf = (ownerId: number): List => ({
  name: listNames.bin(ownerId),
  size: 16,
  rows: binned,
  values: [ownerId],
});
