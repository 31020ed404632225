import { countedQueries, type CountedList } from '../db/index.ts';
import { listNames, selectImages, type Reader } from '../images/index.ts';

/** A list of images that is counted: in the order of their numbers, or of what `key` says, newest first. */
export type List = CountedList;

const downwards = (where: string, { key = 'i.id', join = '' } = {}) =>
  countedQueries(key, 'image', (rest) => selectImages(`${join} WHERE ${where} AND ${rest}`, `${key} AS place,`));

// The conditions are written out, not given as values, so that they match the partial indexes of the images.
const forMembers = downwards('i.reach >= 1');
const forAll = downwards('i.reach = 2');
const own = downwards('i.owner_id = ? AND i.binned_at IS NULL');
const ownPrivate = downwards("i.owner_id = ? AND i.binned_at IS NULL AND i.visibility = 'private'");
const binned = downwards('i.owner_id = ? AND i.binned_at IS NOT NULL');
const shownToMembers = downwards('i.owner_id = ? AND i.reach >= 1 AND i.show_name');
const shownToAll = downwards('i.owner_id = ? AND i.reach = 2 AND i.show_name');
const liked = downwards('l.account_id = ? AND (i.reach >= 1 OR (i.owner_id = l.account_id AND i.binned_at IS NULL))', {
  key: 'l.id',
  join: 'JOIN likes l ON l.image_id = i.id',
});

/** /images: what members share, the same for every member; visitors of an open gallery see what is public. */
export const gallery = (reader: Reader): List =>
  reader.id === null
    ? { name: listNames.everyone, size: 16, ...forAll, values: [] }
    : { name: listNames.members, size: 16, ...forMembers, values: [] };

/** A profile: all of one's own, and of others what they share under their name. */
export function profile(reader: Reader, ownerId: number): List {
  const of = { size: 6, values: [ownerId] };
  if (reader.id === ownerId) return { ...of, name: listNames.own(ownerId), ...own };
  if (reader.id === null) return { ...of, name: listNames.shownToAll(ownerId), ...shownToAll };
  return { ...of, name: listNames.shownToMembers(ownerId), ...shownToMembers };
}

export const privateOf = (ownerId: number): List => ({
  name: listNames.private(ownerId),
  size: 6,
  ...ownPrivate,
  values: [ownerId],
});

export const binOf = (ownerId: number): List => ({
  name: listNames.bin(ownerId),
  size: 16,
  ...binned,
  values: [ownerId],
});

/** What a member likes, in the order of their liking it: what they may no longer see is passed over until they may again. */
export const likedBy = (accountId: number): List => ({
  name: listNames.liked(accountId),
  size: 8,
  ...liked,
  values: [accountId],
});
