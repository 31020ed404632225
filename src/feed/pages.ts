import { query, readCounted, ALL, type Db, type ListPart, type Wanted } from '../db/index.ts';
import { asSeenBy, type Image, type Reader } from '../images/index.ts';
import type { List } from './lists.ts';

export interface ImagePage extends Omit<ListPart, 'rows'> {
  images: Image[];
}

/** A page of a list as the reader may see it, in one query. */
export async function readPage(db: Db, reader: Reader, list: List, wanted: Wanted): Promise<ImagePage> {
  const { rows, ...part } = await readCounted(db, list, wanted);
  return { images: rows.map((image) => asSeenBy(reader, { image })), ...part };
}

const findTotal = query<{ n: number }>(`SELECT n FROM list_counts WHERE list = ? AND shift = ${ALL} AND bucket = 0`);

/** How many images a list has, by the kept count. */
export const countOf = async (db: Db, { name }: List): Promise<number> =>
  Number((await findTotal.first(db, [name]))?.n ?? 0);
