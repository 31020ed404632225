import { importsIn, placeOf, type House, type Import } from './imports.ts';

/** The order of design.md §3: a part may import what stands left of it, and within its own group what makes no cycle. */
export const ORDER: readonly (readonly string[])[] = [
  ['lib', 'errors', 'config', 'secrets', 'db'],
  ['net', 'redis', 'storage', 'queue', 'imaging', 'mail'],
  ['accounts', 'images', 'boards', 'social', 'feed', 'search', 'moderation', 'transfer'],
  ['api', 'web'],
  ['routes', 'jobs', 'app', 'start', 'processes', 'main', 'cli'],
];

export const ROOMS: readonly string[] = ORDER[2] ?? [];
/** Folders that others use through their index.ts alone. */
const CLOSED = new Set(['db', ...(ORDER[1] ?? []), ...ROOMS]);
/** Entrances besides index.ts, each with what it is for. */
export const SIDE_ENTRANCES = new Map([
  ['src/net/oidc/index.ts', 'accounts elsewhere, which the operator configured'],
  ['src/net/tls/index.ts', 'the certificates and the listener, which main.ts opens'],
]);

/** Outside src/: what each folder may use of the house. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  bookmarklet: ['lib'],
  static: ['lib'],
  // A migration stands alone: what the code becomes next year must not rewrite what the schema was.
  migrations: [],
};

/** The part of the house that a file belongs to: `src/net/guard/dial.ts` → `net`, `src/main.ts` → `main`. */
export function partOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'src' ? second.replace(/\.ts$/, '') : top;
}

const groupOf = (part: string): number => ORDER.findIndex((group) => group.includes(part));

/** Imports from one part into another. */
const between = (house: House): (Import & { target: string })[] =>
  importsIn(house).filter((entry): entry is Import & { target: string } => {
    return entry.target !== null && partOf(entry.target) !== partOf(entry.file);
  });

export function unknownParts(house: House): string[] {
  const known = new Set([...ORDER.flat(), ...Object.keys(OUTSIDE)]);
  const parts = new Set([...house.keys()].map(partOf));
  return [...parts].filter((part) => !known.has(part)).map((part) => `${part} has no place in the order of the house`);
}

/** Loads what the build compiled out of views/, from wherever that was put: no source of the house. */
const LOADS_WHAT_IS_BUILT = 'src/lib/views.ts';

export function brokenImports(house: House): string[] {
  return importsIn(house).flatMap((entry) => {
    if (entry.specifier === '' && entry.file === LOADS_WHAT_IS_BUILT) return [];
    if (entry.specifier === '') return [`${placeOf(entry)} imports what cannot be read in the text`];
    if (entry.target === null || house.has(entry.target)) return [];
    return [`${placeOf(entry)} imports ${entry.specifier}, which is not there`];
  });
}

function mayUse(from: string, to: string): boolean {
  const outside = OUTSIDE[from];
  if (outside) return outside.includes(to);
  // Only the database runs migrations.
  if (to === 'migrations') return from === 'db';
  return groupOf(to) >= 0 && groupOf(to) <= groupOf(from);
}

export function rightwardImports(house: House): string[] {
  return between(house)
    .filter(({ file, target }) => !mayUse(partOf(file), partOf(target)))
    .map((entry) => `${placeOf(entry)}: ${partOf(entry.file)} may not use ${partOf(entry.target)}`);
}

export function insideImports(house: House): string[] {
  return between(house)
    .filter(({ target }) => CLOSED.has(partOf(target)) && !SIDE_ENTRANCES.has(target))
    .filter(({ target }) => target !== `src/${partOf(target)}/index.ts`)
    .map((entry) => `${placeOf(entry)} uses the inside of ${partOf(entry.target)}: ${entry.target}`);
}

/** One cycle through each knot of a graph, as `a → b → a`. */
function cyclesIn(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (node: string, path: readonly string[]): void => {
    const seenAt = path.indexOf(node);
    if (seenAt >= 0) cycles.push([...path.slice(seenAt), node].join(' → '));
    if (seenAt >= 0 || done.has(node)) return;
    for (const next of edges.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) walk(node, []);
  return cycles;
}

function graph(imports: readonly Import[], nodeOf: (file: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    if (target === null || nodeOf(file) === nodeOf(target)) continue;
    const from = nodeOf(file);
    edges.set(from, (edges.get(from) ?? new Set()).add(nodeOf(target)));
  }
  return edges;
}

/** Types count as well: two parts that describe each other cannot be understood one after the other. */
export const partCycles = (house: House): string[] => cyclesIn(graph(importsIn(house), partOf));

/** Between files only what runs counts, and a file that imports itself. */
export function fileCycles(house: House): string[] {
  const running = importsIn(house).filter(({ values }) => values === null || values.length > 0);
  const selfish = running.filter(({ file, target }) => file === target).map(({ file }) => `${file} → ${file}`);
  return [...selfish, ...cyclesIn(graph(running, (file) => file))];
}
