import type { Count, Db } from '../db/index.ts';
import { boardPlace, countAt, type Shown } from '../images/index.ts';
import { chunks } from '../lib/chunks.ts';

/** What stands on a board, with its place. */
export interface Row {
  image_id: number;
  position: number;
  owner_id: number;
  shown: Shown;
}

const COLUMNS = ['image_id', 'position', 'owner_id', 'shown'] as const;

/** Positions are multiples of this: so a cursor holds them as whole numbers, and twenty halvings lie between two neighbours. */
const GRAIN = 2 ** -20;

const placed = (trx: Db, boardId: number) => trx('board_images').where({ board_id: boardId });

/** The place above all others; the first on an empty board. */
export async function topOf(trx: Db, boardId: number): Promise<number> {
  const [row] = await placed(trx, boardId).max({ at: 'position' });
  return Math.floor(Number(row?.['at'] ?? 0)) + 1;
}

export async function bottomOf(trx: Db, boardId: number): Promise<number> {
  const [row] = await placed(trx, boardId).min({ at: 'position' });
  return Math.ceil(Number(row?.['at'] ?? 2)) - 1;
}

/**
 * A place right above (or below) another image, whatever else stands there unseen. Where two neighbours have come too close,
 * those around them are spread out first, which `counts` tells. The board is held by the caller.
 */
export async function beside(
  trx: Db,
  boardId: number,
  other: Row,
  side: 'above' | 'below',
  counts: Count[],
): Promise<number> {
  const near = await neighbour(trx, boardId, other, side);
  if (near === null) return side === 'above' ? topOf(trx, boardId) : bottomOf(trx, boardId);
  const middle = Math.round((other.position + near) / 2 / GRAIN) * GRAIN;
  if (middle !== other.position && middle !== near) return middle;
  await spread(trx, boardId, other.position, counts);
  const moved = await findPlaced(trx, boardId, other.image_id);
  return beside(trx, boardId, moved ?? other, side, counts);
}

export async function findPlaced(trx: Db, boardId: number, imageId: number): Promise<Row | null> {
  const row: Row | undefined = await placed(trx, boardId)
    .where({ image_id: imageId })
    .first(...COLUMNS);
  return row ? asRow(row) : null;
}

const asRow = (row: Row): Row => ({
  image_id: Number(row.image_id),
  position: Number(row.position),
  owner_id: Number(row.owner_id),
  shown: row.shown,
});

async function neighbour(trx: Db, boardId: number, { image_id, position }: Row, side: 'above' | 'below') {
  const row = await placed(trx, boardId)
    .whereRaw(`(position, image_id) ${side === 'above' ? '>' : '<'} (?, ?)`, [position, image_id])
    .orderBy([
      { column: 'position', order: side === 'above' ? 'asc' : 'desc' },
      { column: 'image_id', order: side === 'above' ? 'asc' : 'desc' },
    ])
    .first('position');
  return row ? Number(row.position) : null;
}

/** How far apart images are after they were spread out, at the least. */
const APART = 2 ** -8;

/** Gives the images around a place room again: as few as are enough, so that a large board costs no more than a small one. */
async function spread(trx: Db, boardId: number, at: number, counts: Count[]) {
  for (let side = 32; ; side *= 8) {
    const above = await inOrder(trx, boardId, 'asc', (q) => q.where('position', '>=', at), side + 1);
    const below = await inOrder(trx, boardId, 'desc', (q) => q.where('position', '<', at), side + 1);
    // The outermost on each side stays where it is, unless the board ends there.
    const high = above.length > side ? above.pop()?.position : undefined;
    const low = below.length > side ? below.pop()?.position : undefined;
    const rows = [...below.reverse(), ...above];
    const from = low ?? (high ?? rows.length + 1) - rows.length - 1;
    const step = ((high ?? from + rows.length + 1) - from) / (rows.length + 1);
    if (step >= APART)
      return putAt(trx, boardId, rows, (n) => Math.round((from + step * (n + 1)) / GRAIN) * GRAIN, counts);
  }
}

async function inOrder(
  trx: Db,
  boardId: number,
  order: 'asc' | 'desc',
  where: (q: ReturnType<typeof placed>) => ReturnType<typeof placed>,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = await where(placed(trx, boardId))
    .orderBy([
      { column: 'position', order },
      { column: 'image_id', order },
    ])
    .limit(limit)
    .select(...COLUMNS);
  return rows.map(asRow);
}

async function putAt(trx: Db, boardId: number, rows: readonly Row[], position: (n: number) => number, counts: Count[]) {
  const moved = rows.map((row, n) => ({ ...row, to: position(n) }));
  counts.push(...moved.flatMap((row) => countMove(boardId, row, row.to)));
  for (const some of chunks(moved, 200)) {
    const values = some.map(() => '(CAST(? AS bigint), CAST(? AS double precision))').join(', ');
    await trx.raw(
      `UPDATE board_images SET position = v.column2 FROM (VALUES ${values}) v
      WHERE board_images.board_id = ? AND board_images.image_id = v.column1`,
      [...some.flatMap(({ image_id, to }) => [image_id, to]), boardId],
    );
  }
}

/** What it changes in lists that an image stands at another place of the same board. */
export function countMove(boardId: number, row: Row, to: number): Count[] {
  const standing = { place: boardPlace(boardId), ownerId: row.owner_id, shown: row.shown };
  return [...countAt({ ...standing, at: row.position }, -1), ...countAt({ ...standing, at: to }, 1)];
}
