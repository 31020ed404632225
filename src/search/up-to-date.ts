import type { Db } from '../db/index.ts';
import type { Reader } from '../images/index.ts';
import { tokensOf, type Formula } from './formula.ts';
import { bringUpToDate } from './keep.ts';
import { lookUpNames, type Known } from './lookup.ts';
import type { Asked } from './parse.ts';
import { wantedOf } from './wanted.ts';

const NO_NAMES = { people: new Map(), tags: new Map(), beginnings: new Map() };

/** What has to be known before a search, from words that are up to date: whoever has just changed something finds it. */
export async function upToDate(db: Db, reader: Reader, asked: Asked, base: Formula, followed = false): Promise<Known> {
  const wishes = { more: tokensOf(wantedOf(reader, asked, NO_NAMES, base).base), followed };
  const known = await lookUpNames(db, reader, asked, wishes);
  if (!known.dirty) return known;
  // What cannot be written now is no reason not to read.
  await bringUpToDate(db).catch(() => 0);
  return lookUpNames(db, reader, asked, wishes);
}
