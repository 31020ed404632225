import type { Role } from '../accounts/index.ts';
import type { Visibility } from '../lib/visibility.ts';

/** Who reads: a visitor has no id. */
export interface Reader {
  id: number | null;
  role?: Role;
}

export const VISITOR: Reader = { id: null };

/** What the rule looks at. */
export interface Seen {
  ownerId: number;
  visibility: Visibility;
  binned: boolean;
  ownerDisabled: boolean;
}

/** How far an image reaches at the most: 2 everyone, 1 members, 0 its owner alone. `images.reach` is the same, in SQL. */
export function reachOf({ visibility, binned, ownerDisabled }: Omit<Seen, 'ownerId'>): 0 | 1 | 2 {
  if (binned || ownerDisabled) return 0;
  return visibility === 'public' ? 2 : visibility === 'members' ? 1 : 0;
}

/** What reaches a reader without being theirs. */
export const reachNeededBy = (reader: Reader): 1 | 2 => (reader.id === null ? 2 : 1);

/**
 * The one rule of who may see an image: whom it reaches, and its owner unless it lies in the bin. Moderators and
 * administrators are members like others here: private is private.
 */
export const maySee = (reader: Reader, image: Seen): boolean =>
  reachOf(image) >= reachNeededBy(reader) || (reader.id === image.ownerId && !image.binned);

/** The same rule over a row of `images`: what is needed to reach the reader, and the reader's number, as SQL. */
export const visibleTo = (image: string, reach: string, reader: string) =>
  `(${image}.reach >= ${reach} OR (${image}.owner_id = ${reader} AND ${image}.binned_at IS NULL))`;

/** The same over a row called `i`; `visibleValues` fills its `?`. */
export const VISIBLE = visibleTo('i', '?', '?');

export const visibleValues = (reader: Reader): [number, number] => [reachNeededBy(reader), reader.id ?? 0];
