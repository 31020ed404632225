import { posix } from 'node:path';

/** The sources by their path from the project's folder: `src/main.ts` → its text. */
export type House = ReadonlyMap<string, string>;

export interface Import {
  /** The file that imports, and the line it does so in. */
  file: string;
  line: number;
  /** As it stands in the text: `node:net`, `../lib/slug.ts`. */
  specifier: string;
  /** The file of the house that a relative specifier means; null for packages and for Node's own modules. */
  target: string | null;
  /** Names of values that are imported; null where that cannot be told (`*`, a default, `import()`). Empty: types alone. */
  values: readonly string[] | null;
}

const STATEMENT = /^[ \t]*(?:import|export)\s+(type\s+)?((?:[\w$*\s,]|\{[^}]*\})*?)\s*\bfrom\s*['"]([^'"\n]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"\n]+)['"]/gm;
const CALL = /(?<![\w$.])(?:import|require)\s*\(\s*(?:['"]([^'"\n]+)['"]\s*\)|([^)]*)\)?)/g;

/** The text with comments blanked out, line for line, so that what they mention counts for nothing. */
export function withoutComments(text: string): string {
  const pieces = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|(?<![:\\/[])\/\/[^\n]*/g;
  return text.replace(pieces, (piece) => (piece.startsWith('/') ? piece.replace(/[^\n]/g, ' ') : piece));
}

function valuesOf(typeOnly: boolean, clause: string): readonly string[] | null {
  if (typeOnly) return [];
  const braces = /^\s*\{([^}]*)\}\s*$/.exec(clause)?.[1];
  if (braces === undefined) return null;
  const names = braces.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '' && !name.startsWith('type ')).map((name) => name.split(/\s/)[0] ?? name);
}

/** Every import of one file: statements, re-exports, bare ones and calls. One whose address is computed has the specifier ''. */
export function importsOf(file: string, source: string): Import[] {
  const text = withoutComments(source);
  const found: Import[] = [];
  const add = (at: number, specifier: string, values: readonly string[] | null) => {
    const relative = specifier.startsWith('.');
    const target = relative ? posix.join(posix.dirname(file), specifier) : null;
    // The blanks before a statement belong to its match.
    const line = text.slice(0, at).split('\n').length;
    found.push({ file, line, specifier, target, values });
  };
  for (const { index, 1: type, 2: clause = '', 3: specifier = '' } of text.matchAll(STATEMENT))
    add(index, specifier, valuesOf(type !== undefined, clause));
  for (const { index, 1: specifier = '' } of text.matchAll(BARE)) add(index, specifier, null);
  for (const { index, 1: specifier = '' } of text.matchAll(CALL)) add(index, specifier, null);
  return found;
}

export const importsIn = (house: House): Import[] => [...house].flatMap(([file, text]) => importsOf(file, text));

/** `src/net/guard/dial.ts:3` */
export const placeOf = ({ file, line }: Pick<Import, 'file' | 'line'>): string => `${file}:${line}`;

/** `node:dns/promises` → `dns`, `knex/lib/client.js` → `knex`, `@koa/router` → `@koa/router`. */
export function packageOf(specifier: string): string {
  const parts = specifier.replace(/^node:/, '').split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
