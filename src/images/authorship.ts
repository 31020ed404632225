import { jsonRows, readRows, type Db, type Part } from '../db/index.ts';
import type { Authorship } from '../lib/authorship/index.ts';

/** What the file of an image says of itself, beside `creator` and `licence`, which people may have given. */
export type FileSays = Omit<Authorship, 'creator' | 'licence'>;

/** For a place in a larger query: the image itself has been found by the rule of who may see it. */
export const fileSaysPart: Part<[unknown, number], FileSays> = {
  text: jsonRows('i.copyright, i.credit, i.description', 'images i WHERE i.id = ?'),
  values: (_reader, imageId) => [imageId],
  read(found) {
    const [[copyright, credit, description] = ['', '', '']] = readRows<[string, string, string]>(found);
    return { copyright, credit, description };
  },
};

/** The same, of an image that its reader may see. */
export async function fileSays(db: Db, imageId: number): Promise<FileSays> {
  const row = await db('images').where({ id: imageId }).first('copyright', 'credit', 'description');
  return { copyright: row?.copyright ?? '', credit: row?.credit ?? '', description: row?.description ?? '' };
}
