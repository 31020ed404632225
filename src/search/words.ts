import { dialectOf, type Db } from '../db/index.ts';
import { readToken, type Field } from './tokens.ts';

/** The tokens of a document, and whom it reached. */
export interface Counted {
  reach: number;
  tokens: ReadonlySet<string>;
}

interface Sum {
  field: Field;
  word: string;
  images: number;
  members: number;
  everyone: number;
}

/** Rows in one statement. */
const AT_ONCE = 100;

/**
 * Keeps how many images have a word, and how many of those members and everyone may see. Suggestions are made of it, so
 * that nobody is told a word that stands only in what they may not see; and it says how a search is best begun. Rows are written in one
 * order everywhere, so that two changes never wait for each other crosswise.
 */
export async function countWords(trx: Db, before: readonly Counted[], after: readonly Counted[]) {
  const sums = new Map<string, Sum>();
  for (const doc of before) add(sums, doc, -1);
  for (const doc of after) add(sums, doc, 1);
  const rows = [...sums]
    .filter(([, { images, members, everyone }]) => images !== 0 || members !== 0 || everyone !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum);
  const withGrams = dialectOf(trx) === 'postgres';
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE);
    await trx('search_words')
      .insert(withGrams ? some.map((row) => ({ ...row, grams: row.field > 0 ? gramsOf(row.word) : [] })) : some)
      .onConflict(['field', 'word'])
      .merge({
        images: trx.raw('search_words.images + excluded.images'),
        members: trx.raw('search_words.members + excluded.members'),
        everyone: trx.raw('search_words.everyone + excluded.everyone'),
      });
  }
  await dropUnused(trx, rows);
}

/** A word that is in nothing any more is in no list of words either. */
async function dropUnused(trx: Db, rows: readonly Sum[]) {
  for (const field of [0, 1, 2, 3] as const) {
    const fewer = rows.filter((row) => row.field === field && row.images < 0).map(({ word }) => word);
    for (let at = 0; at < fewer.length; at += AT_ONCE)
      await trx('search_words')
        .where({ field })
        .whereIn('word', fewer.slice(at, at + AT_ONCE))
        .where('images', '<=', 0)
        .delete();
  }
}

function add(sums: Map<string, Sum>, { reach, tokens }: Counted, n: number) {
  for (const token of tokens) {
    const sum = sums.get(token) ?? { ...readToken(token), images: 0, members: 0, everyone: 0 };
    sums.set(token, sum);
    sum.images += n;
    if (reach >= 1) sum.members += n;
    if (reach === 2) sum.everyone += n;
  }
}

/** The threes of letters of a word, with blanks around it so that its beginning counts more. */
export function gramsOf(word: string): string[] {
  const letters = [...`  ${word} `];
  return [...new Set(letters.slice(2).map((_, at) => letters.slice(at, at + 3).join('')))];
}
