import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PEOPLE } from '../../src/accounts/index.ts';
import type { TestSite } from './site.ts';

/** What a site holds of images: files on the disk, temporary ones included, and rows. */
export interface Contents {
  files: number;
  images: number;
  tiers: number;
  expected: number;
  jobs: number;
  likeness: number;
  onceKeys: number;
  drafts: number;
  counted: number;
}

export const NOTHING: Contents = {
  files: 0,
  images: 0,
  tiers: 0,
  expected: 0,
  jobs: 0,
  likeness: 0,
  onceKeys: 0,
  drafts: 0,
  counted: 0,
};

/** The files of a site's store, by their paths. */
export async function filesOf({ dataDir }: TestSite): Promise<string[]> {
  const folder = join(dataDir, 'media');
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

export async function contentsOf(site: TestSite): Promise<Contents> {
  const { db } = site.site;
  const count = async (table: string, where: object = {}) => {
    const [row] = await db(table).where(where).count({ n: '*' });
    return Number(row?.['n'] ?? 0);
  };
  return {
    files: (await filesOf(site)).length,
    images: await count('images'),
    tiers: await count('files'),
    expected: await count('expected'),
    jobs: await count('jobs', { kind: 'makeTiers' }),
    likeness: await count('likeness'),
    onceKeys: await count('once_keys'),
    drafts: await count('drafts'),
    // Of images: whoever joins is counted among the people.
    counted: (await count('list_counts')) - (await count('list_counts', { list: PEOPLE })),
  };
}
