import type { Reader } from '../images/index.ts';
import { query, type Db } from '../db/index.ts';
import { fold, piecesOf } from '../lib/fold.ts';

/** A word that was asked for and is nowhere, and one that is somewhere and is spelt alike. */
export interface Alike {
  asked: string;
  word: string;
  images: number;
}

/**
 * Rows of an `Alike` for each word of a list (`?`) that is in no image that the reader may see: the words that share
 * most threes of letters. Words that are known cost nothing more.
 */
export const ALIKE = (seen: 'members' | 'everyone') => {
  // A count of its own and no join: the planner would read all words to find that a few of them are not there.
  const unknown = (word: string) =>
    `coalesce((SELECT max(k.${seen}) FROM search_words k WHERE k.field IN (1, 2, 3) AND k.word = ${word}), 0) = 0`;
  return {
    sqlite: `SELECT * FROM (SELECT 'alike', q.value, w.word, w.field, w.${seen}
      FROM json_each(?) q CROSS JOIN search_spellings s CROSS JOIN search_words w ON w.id = s.rowid
      WHERE ${unknown('q.value')} AND s.search_spellings MATCH (
          SELECT group_concat('"' || substr('  ' || q.value || ' ', g.value, 3) || '"', ' OR ')
          FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') g WHERE g.value <= length(q.value) + 1)
        AND w.${seen} > 0 ORDER BY s.rank LIMIT 60)`,
    postgres: `SELECT * FROM (SELECT 'alike', q.word, w.word, w.field, w.${seen}
      FROM unnest(CAST(? AS text[])) AS q (word)
      CROSS JOIN LATERAL (SELECT array_agg(substr('  ' || q.word || ' ', g, 3)) AS grams
        FROM generate_series(1, least(length(q.word) + 1, 12)) g) t
      CROSS JOIN LATERAL (SELECT * FROM search_words w WHERE w.field > 0 AND w.grams && t.grams AND w.${seen} > 0
        ORDER BY cardinality(ARRAY (SELECT unnest(w.grams) INTERSECT SELECT unnest(t.grams))) DESC LIMIT 60) w
      WHERE ${unknown('q.word')}) a`,
  };
};

/** Letters that must be put in, left out, changed or swapped to make one word of the other; `most + 1` when it is more. */
export function lettersApart(one: string, other: string, most: number): number {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], b.map((_, n) => n).concat(b.length)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[b.length] ?? 0, most + 1);
}

const allowed = (word: string) => ([...word].length < 6 ? 1 : [...word].length < 10 ? 2 : 3);

/** The word nearest to each unknown one; of equally near ones the one in most images. */
export function nearest(alike: readonly Alike[]): Map<string, string> {
  const best = new Map<string, { word: string; apart: number; images: number }>();
  for (const { asked, word, images } of alike) {
    const apart = lettersApart(asked, word, allowed(asked));
    const known = best.get(asked);
    if (apart > allowed(asked) || apart === 0) continue;
    if (!known || apart < known.apart || (apart === known.apart && images > known.images))
      best.set(asked, { word, apart, images });
  }
  return new Map([...best].map(([asked, { word }]) => [asked, word]));
}

/** A search with its misspelt words put right; null where there is nothing to put right. */
export function putRight(q: string, alike: readonly Alike[]): string | null {
  const better = nearest(alike);
  if (better.size === 0) return null;
  const right = q.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => better.get(fold(word)) ?? word);
  return right === q ? null : right;
}

const beginning = (seen: 'members' | 'everyone') =>
  query<{ word: string }>(`SELECT word FROM search_words WHERE field = 3 AND word >= ? AND word < ? AND ${seen} > 0
    ORDER BY ${seen} DESC, word LIMIT ?`);
const forMembers = beginning('members');
const forAll = beginning('everyone');

/** Searches that what was typed so far may be the beginning of: its last word is completed from titles and tags. */
export async function completions(db: Db, reader: Reader, typed: string, most = 8): Promise<string[]> {
  const [, before = '', last = ''] = /^(.*?)([\p{L}\p{M}\p{N}]*)$/su.exec(typed) ?? [];
  const [piece] = piecesOf(last);
  if (!piece || piece.running || [...piece.text].length < 2) return [];
  const words = await (reader.id === null ? forAll : forMembers).all(db, [piece.text, `${piece.text}\u{10ffff}`, most]);
  return words.map(({ word }) => `${before}${word}`);
}
