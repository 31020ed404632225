import { foldName } from '../accounts/index.ts';
import { query, type Db } from '../db/index.ts';
import { foldTag, type Reader } from '../images/index.ts';
import type { Asked } from './parse.ts';
import { ALIKE, type Alike } from './spelling.ts';
import { NAME, readToken, REST, TEXT, tokenOf, type Field, type Term } from './tokens.ts';
import type { Names } from './wanted.ts';

/** All that has to be known before a search, from one query. */
export interface Known extends Names {
  /** Some image waits for its words to be brought up to date. */
  dirty: boolean;
  /** How many images that the reader may see have a token. */
  countOf(token: string): number;
  /** Words that are in none of them, with words that are and are spelt alike. */
  alike: Alike[];
}

interface Row {
  kind: 'dirty' | 'person' | 'tag' | 'word' | 'alike';
  name: string;
  word: string;
  field: Field;
  n: number;
}

const count = (seen: string, word: string) =>
  `coalesce((SELECT ${seen} FROM search_words WHERE field = 0 AND word = ${word}), 0)`;

/** `seen` is whose count is told: what everyone, or what members may see. */
function lookUp(seen: 'members' | 'everyone') {
  const list = {
    sqlite: '(SELECT value FROM json_each(?))',
    postgres: '(SELECT json_array_elements_text(CAST(? AS json)))',
  };
  const pairs = {
    sqlite: "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
    postgres: '(SELECT CAST(value ->> 0 AS smallint), value ->> 1 FROM json_array_elements(CAST(? AS json)))',
  };
  const text = (dialect: 'sqlite' | 'postgres') => `
    SELECT 'dirty' AS kind, '' AS name, '' AS word, 0 AS field, 0 AS n FROM (SELECT image_id FROM search_dirty LIMIT 1) d
    UNION ALL SELECT 'person', a.username_key, CAST(a.id AS text), 0, ${count(seen, `'by:' || a.id`)}
      FROM accounts a WHERE a.username_key IN ${list[dialect]} AND a.disabled_at IS NULL
    UNION ALL SELECT 'tag', t.name_key, CAST(t.id AS text), 0, ${count(seen, `'t:' || t.id`)}
      FROM tags t WHERE t.name_key IN ${list[dialect]}
    UNION ALL SELECT 'tag', t.name_key, CAST(t.tag_id AS text), 0, ${count(seen, `'t:' || t.tag_id`)}
      FROM tag_aliases t WHERE t.name_key IN ${list[dialect]}
    UNION ALL SELECT 'word', '', w.word, w.field, w.${seen}
      FROM search_words w WHERE (w.field, w.word) IN ${pairs[dialect]}
    UNION ALL ${ALIKE(seen)[dialect]}`;
  return query<Row>({ sqlite: text('sqlite'), postgres: text('postgres') });
}
const forMembers = lookUp('members');
const forAll = lookUp('everyone');

const FIELDS = [NAME, TEXT, REST] as const;

/** Looks up what a search names and how common its words are. `more` are further tokens whose counts are wanted. */
export async function lookUpNames(db: Db, reader: Reader, { yes, no }: Asked, more: readonly string[]): Promise<Known> {
  const terms = [...yes.terms, ...no.terms];
  const people = [...yes.by, ...no.by, ...terms.map(({ text }) => text)].map(foldName);
  const tags = JSON.stringify([...yes.tags, ...no.tags].map(foldTag));
  const words = yes.terms.flatMap((term) => term.words.flatMap((word) => FIELDS.map((field) => [field, word])));
  const others = more.map((token) => [readToken(token).field, token]);
  const unsure = JSON.stringify(unsureOf(yes.terms));
  const values = [JSON.stringify(people), tags, tags, JSON.stringify([...words, ...others]), unsure];
  return knownFrom(await (reader.id === null ? forAll : forMembers).all(db, values));
}

/** Words that may have been misspelt: whole ones, of some length, in letters. */
const unsureOf = (terms: readonly Term[]): string[] =>
  terms.flatMap(({ words, prefix }) =>
    !prefix ? words.filter((word) => [...word].length > 3 && !/\d/.test(word)).slice(0, 3) : [],
  );

function knownFrom(rows: readonly Row[]): Known {
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
  const ids = (kind: 'person' | 'tag') => new Map(of(kind).map(({ name, word }) => [name, Number(word)]));
  const counts = new Map<string, number>([
    ...of('word').map(({ field, word, n }) => [field === 0 ? word : tokenOf(field, word), Number(n)] as const),
    ...of('person').map(({ word, n }) => [`by:${word}`, Number(n)] as const),
    ...of('tag').map(({ word, n }) => [`t:${word}`, Number(n)] as const),
  ]);
  return {
    dirty: of('dirty').length > 0,
    people: ids('person'),
    tags: ids('tag'),
    countOf: (token) => counts.get(token) ?? 0,
    alike: of('alike').map(({ name, word, n }) => ({ asked: name, word, images: Number(n) })),
  };
}
