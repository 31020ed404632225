import { foldName } from '../accounts/index.ts';
import { dialectOf, query, type Db } from '../db/index.ts';
import { foldTag, type Reader } from '../images/index.ts';
import type { Asked } from './parse.ts';
import { ALIKE, type Alike } from './spelling.ts';
import { NAME, readToken, REST, TEXT, tokenOf, type Field, type Term, type WordField } from './tokens.ts';
import type { Names } from './wanted.ts';

/** All that has to be known before a search, from one query. */
export interface Known extends Names {
  /** Some image waits for its words to be brought up to date. */
  dirty: boolean;
  /** The largest number of an image. */
  top: number;
  /** How many images that the reader may see have a token. */
  countOf(token: string): number;
  /** Words that are in none of them, with words that are and are spelt alike. */
  alike: Alike[];
  /** Numbers of those whom the reader follows, where that was asked. */
  followed: number[];
}

interface Row {
  kind: 'dirty' | 'top' | 'person' | 'tag' | 'word' | 'beginning' | 'alike' | 'followed';
  name: string;
  word: string;
  field: Field;
  n: number;
}

const count = (seen: string, word: string) =>
  `coalesce((SELECT ${seen} FROM search_words WHERE field = 0 AND word = ${word}), 0)`;

/** Where a beginning has more words than this, or several have together, it is left to the index to go through them. */
const MOST_BEGUN = 200;

/** Of more than so many people the newest followed are looked at. */
const MOST_FOLLOWED = 1000;

/** `seen` is whose count is told: what everyone, or what members may see. */
function lookUp(seen: 'members' | 'everyone') {
  const among = { sqlite: 'IN (SELECT value FROM json_each(?))', postgres: '= ANY (CAST(? AS text[]))' };
  const list = { sqlite: 'json_each(?) q', postgres: 'unnest(CAST(? AS text[])) AS q (value)' };
  const pairs = {
    sqlite: `IN (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))`,
    postgres: 'IN (SELECT * FROM unnest(CAST(? AS smallint[]), CAST(? AS text[])))',
  };
  const text = (dialect: 'sqlite' | 'postgres') => `
    SELECT 'dirty' AS kind, '' AS name, '' AS word, 0 AS field, 0 AS n FROM (SELECT image_id FROM search_dirty LIMIT 1) d
    UNION ALL SELECT 'top', '', '', 0, max(image_id) FROM search_docs
    UNION ALL SELECT 'person', a.username_key, CAST(a.id AS text), 0, ${count(seen, `'by:' || a.id`)}
      FROM accounts a WHERE a.username_key ${among[dialect]} AND a.disabled_at IS NULL
    UNION ALL SELECT 'tag', t.name_key, CAST(t.id AS text), 0, ${count(seen, `'t:' || t.id`)}
      FROM tags t WHERE t.name_key ${among[dialect]}
    UNION ALL SELECT 'tag', t.name_key, CAST(t.tag_id AS text), 0, ${count(seen, `'t:' || t.tag_id`)}
      FROM tag_aliases t WHERE t.name_key ${among[dialect]}
    UNION ALL SELECT 'word', '', w.word, w.field, w.${seen}
      FROM search_words w WHERE (w.field, w.word) ${pairs[dialect]}
    UNION ALL SELECT * FROM (SELECT 'beginning', q.value, w.word, w.field, w.${seen} FROM ${list[dialect]} CROSS JOIN search_words w
      WHERE w.field IN (1, 2, 3) AND w.word >= q.value AND w.word < q.value || '\u{10ffff}' LIMIT ${MOST_BEGUN}) w
    UNION ALL SELECT * FROM (SELECT 'followed', '', CAST(f.account_id AS text), 0, ${count(seen, `'by:' || f.account_id`)}
      FROM follows f WHERE f.follower_id = ? ORDER BY f.id DESC LIMIT ${MOST_FOLLOWED}) f
    UNION ALL ${ALIKE(seen)[dialect]}`;
  return query<Row>({ sqlite: text('sqlite'), postgres: text('postgres') });
}
const forMembers = lookUp('members');
const forAll = lookUp('everyone');

const begunWith = (rows: readonly Row[], prefix: string) =>
  rows.filter(({ name }) => name === prefix).map(({ field, word }) => tokenOf(field as WordField, word));

const FIELDS = [NAME, TEXT, REST] as const;

/** What else is to be looked up: further tokens whose counts are wanted, and whom the reader follows. */
export interface Wishes {
  more: readonly string[];
  followed?: boolean;
}

/** Looks up what a search names and how common its words are. */
export async function lookUpNames(
  db: Db,
  reader: Reader,
  { yes, no }: Asked,
  { more, followed = false }: Wishes,
): Promise<Known> {
  const terms = [...yes.terms, ...no.terms];
  const people = [...yes.by, ...no.by, ...terms.map(({ text }) => text)].map(foldName);
  const tags = [...yes.tags, ...no.tags].map(foldTag);
  const words = yes.terms.flatMap((term) =>
    term.words.flatMap((word) => FIELDS.map((field) => [field, word] as const)),
  );
  const tokens = [...words, ...more.map((token) => [readToken(token).field, token] as const)];
  const begun = terms.flatMap(({ words: [word = '', ...more], prefix }) => (prefix && more.length === 0 ? [word] : []));
  const unsure = unsureOf(yes.terms);
  const follower = followed ? (reader.id ?? 0) : 0;
  const values =
    dialectOf(db) === 'sqlite'
      ? [...[people, tags, tags, tokens, begun].map((list) => JSON.stringify(list)), follower, JSON.stringify(unsure)]
      : [people, tags, tags, tokens.map(([field]) => field), tokens.map(([, word]) => word), begun, follower, unsure];
  return knownFrom(await (reader.id === null ? forAll : forMembers).all(db, values), begun);
}

/** Words that may have been misspelt: whole ones, of some length, in letters. */
const unsureOf = (terms: readonly Term[]): string[] =>
  terms.flatMap(({ words, prefix }) =>
    !prefix ? words.filter((word) => [...word].length > 3 && !/\d/.test(word)).slice(0, 3) : [],
  );

function knownFrom(rows: readonly Row[], begun: readonly string[]): Known {
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind);
  const ids = (kind: 'person' | 'tag') => new Map(of(kind).map(({ name, word }) => [name, Number(word)]));
  const counts = new Map<string, number>([
    ...[...of('word'), ...of('beginning')].map(
      ({ field, word, n }) => [field === 0 ? word : tokenOf(field, word), Number(n)] as const,
    ),
    ...[...of('person'), ...of('followed')].map(({ word, n }) => [`by:${word}`, Number(n)] as const),
    ...of('tag').map(({ word, n }) => [`t:${word}`, Number(n)] as const),
  ]);
  const words = of('beginning');
  return {
    beginnings: new Map(words.length < MOST_BEGUN ? begun.map((prefix) => [prefix, begunWith(words, prefix)]) : []),
    dirty: of('dirty').length > 0,
    top: Number(of('top')[0]?.n ?? 0),
    people: ids('person'),
    followed: of('followed').map(({ word }) => Number(word)),
    tags: ids('tag'),
    countOf: (token) => counts.get(token) ?? 0,
    alike: of('alike').map(({ name, word, n }) => ({ asked: name, word, images: Number(n) })),
  };
}
