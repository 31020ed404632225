import type { Told } from './notices.ts';

/** The same done by several people: "ann, bob and 4 others liked X". */
export interface Gathered {
  newest: Told;
  /** Who did it, the newest first, as many as are named; null is "Anonymous". */
  names: (string | null)[];
  /** How many more there are. */
  others: number;
  people: number;
}

/** So many are named, and the others counted. */
const NAMED = 2;

/** What stands together: the same done to the same image, or following; what was read apart from what was not. */
const keyOf = ({ kind, image, read }: Told) => `${kind} ${image?.id ?? ''} ${read}`;

/** Notices that tell of the same, together where the newest of them stands. */
export function gather(notices: readonly Told[]): Gathered[] {
  const groups = new Map<string, { newest: Told; names: Set<string | null> }>();
  for (const notice of notices) {
    const group = groups.get(keyOf(notice)) ?? { newest: notice, names: new Set() };
    groups.set(keyOf(notice), group);
    group.names.add(notice.username);
  }
  return [...groups.values()].map(({ newest, names }) => ({
    newest,
    names: [...names].slice(0, NAMED),
    others: Math.max(0, names.size - NAMED),
    people: names.size,
  }));
}
