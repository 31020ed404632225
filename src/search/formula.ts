import type { Term } from './tokens.ts';

/** What the tokens of an image must hold. */
export type Formula =
  | { readonly kind: 'atom'; readonly tokens: readonly string[]; readonly prefix: boolean }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula };

export const atom = (...tokens: string[]): Formula => ({ kind: 'atom', tokens, prefix: false });
export const atoms = ({ words, prefix }: Term, write: (word: string) => string): Formula => ({
  kind: 'atom',
  tokens: words.map(write),
  prefix,
});

const joined =
  (kind: 'and' | 'or') =>
  (parts: readonly Formula[]): Formula => {
    const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
    const [only] = flat;
    return flat.length === 1 && only ? only : { kind, parts: flat };
  };

export const and = joined('and');
export const or = joined('or');
export const not = (part: Formula): Formula => ({ kind: 'not', part });

/** As FTS5 reads it. Its NOT has a left side: a formula needs something that must be there. */
export function asFts5(formula: Formula): string {
  if (formula.kind === 'atom')
    return `"${formula.tokens.join(' ').replaceAll('"', '""')}"${formula.prefix ? ' *' : ''}`;
  if (formula.kind === 'or') return `(${formula.parts.map(asFts5).join(' OR ')})`;
  if (formula.kind === 'not') throw new Error('FTS5 cannot ask for nothing but an absence');
  const wanted = formula.parts.filter(({ kind }) => kind !== 'not').map(asFts5);
  const unwanted = formula.parts.flatMap((part) => (part.kind === 'not' ? [asFts5(part.part)] : []));
  const both = `(${wanted.join(' AND ')})`;
  return unwanted.length > 0 ? `(${both} NOT (${unwanted.join(' OR ')}))` : both;
}

const quoted = (token: string) => `'${token.replace(/['\\]/g, '$&$&')}'`;

/** As PostgreSQL reads it, as text of a `tsquery`. */
export function asTsquery(formula: Formula): string {
  if (formula.kind === 'not') return `!(${asTsquery(formula.part)})`;
  if (formula.kind !== 'atom') return `(${formula.parts.map(asTsquery).join(formula.kind === 'and' ? ' & ' : ' | ')})`;
  const last = formula.tokens.length - 1;
  return `(${formula.tokens.map((token, at) => `${quoted(token)}${formula.prefix && at === last ? ':*' : ''}`).join(' <-> ')})`;
}

/** As a condition on `d.body` as SQLite keeps it, for a document that is at hand already. */
export function asCondition(formula: Formula): { sql: string; values: string[] } {
  if (formula.kind === 'atom')
    return { sql: 'instr(d.body, ?) > 0', values: [` ${formula.tokens.join(' ')}${formula.prefix ? '' : ' '}`] };
  if (formula.kind === 'not') {
    const { sql, values } = asCondition(formula.part);
    return { sql: `NOT ${sql}`, values };
  }
  const parts = formula.parts.map(asCondition);
  const sql = `(${parts.map((part) => part.sql).join(formula.kind === 'and' ? ' AND ' : ' OR ')})`;
  return { sql, values: parts.flatMap(({ values }) => values) };
}

/** At most so many documents can fit, by how many have each token. */
export function mostOf(formula: Formula, countOf: (token: string) => number): number {
  if (formula.kind === 'atom')
    return formula.prefix ? Infinity : Math.min(...formula.tokens.map((token) => countOf(token)));
  if (formula.kind === 'not') return Infinity;
  const parts = formula.parts.map((part) => mostOf(part, countOf));
  return formula.kind === 'and' ? Math.min(...parts) : parts.reduce((sum, n) => sum + n, 0);
}

/** Whether it asks for words by their beginning. */
export const hasPrefix = (formula: Formula): boolean =>
  formula.kind === 'atom'
    ? formula.prefix
    : formula.kind === 'not'
      ? hasPrefix(formula.part)
      : formula.parts.some(hasPrefix);

/** Every token that a formula asks for whole. */
export function tokensOf(formula: Formula): string[] {
  if (formula.kind === 'atom') return formula.prefix ? [] : [...formula.tokens];
  if (formula.kind === 'not') return [];
  return formula.parts.flatMap(tokensOf);
}
