import { query, type Query } from '../db/index.ts';
import { ALL, BIG, listNames, selectImages, SMALL, type ImageRow, type Reader } from '../images/index.ts';

/** A list of images in the order of their numbers, newest first, that is counted in `list_counts`. */
export interface List {
  /** Its name in `list_counts`. */
  name: string;
  size: number;
  /**
   * The rows from a number downwards, each with the list's length: `?` are its name, its own values, the number, and
   * how many.
   */
  rows: Query<ListRow>;
  /** The rows from row number `?` of the list on: its name, the row, both again, then as `rows` without the number, and the row. */
  from: Query<ListRow>;
  values: readonly number[];
}

/** A page begins with a row that tells the list's length alone; the images follow. */
export type ListRow = { total: number; image: null } | (ImageRow & { total: null });

/**
 * The list's length before the rows of `page`, which come as that orders them: sorting them again, or repeating the length
 * in each, costs as much as finding them.
 */
const withTotal = (page: string) => `
  SELECT coalesce((SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0), 0) AS total, CAST(NULL AS text) AS image
  UNION ALL SELECT NULL, p.image FROM (${page}) p`;

const WIDER = 2 ** (BIG - SMALL);

/**
 * In which small bucket row number `?` of a list stands, and how many rows lie before that bucket: adds up the big
 * buckets, then the small ones of one big bucket. No row of the list itself is counted, and at most a small bucket's
 * are passed over.
 */
const PLACE = `
  WITH big AS (SELECT bucket, n, SUM(n) OVER (ORDER BY bucket DESC) AS upto FROM list_counts WHERE list = ? AND shift = ${BIG}),
  b AS (SELECT bucket, upto - n AS before FROM big WHERE upto > ? ORDER BY bucket DESC LIMIT 1),
  small AS (
    SELECT c.bucket, c.n, b.before + SUM(c.n) OVER (ORDER BY c.bucket DESC) AS upto
    FROM list_counts c, b
    WHERE c.list = ? AND c.shift = ${SMALL} AND c.bucket >= b.bucket * ${WIDER} AND c.bucket < (b.bucket + 1) * ${WIDER}),
  place AS (SELECT (bucket + 1) * ${2 ** SMALL} AS top, upto - n AS before FROM small WHERE upto > ? ORDER BY bucket DESC LIMIT 1)`;

function downwards(where: string): Pick<List, 'rows' | 'from'> {
  const select = (rest: string, before = '') => {
    const { sqlite, postgres } = selectImages(`WHERE ${where} AND ${rest}`);
    return query<ListRow>({
      sqlite: `${before} ${withTotal(sqlite)}`,
      postgres: `${before} ${withTotal(postgres)}`,
    });
  };
  return {
    rows: select('i.id < ? ORDER BY i.id DESC LIMIT ?'),
    from: select(
      'i.id < (SELECT top FROM place) ORDER BY i.id DESC LIMIT ? OFFSET coalesce((SELECT CAST(? AS bigint) - before FROM place), 0)',
      PLACE,
    ),
  };
}

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
