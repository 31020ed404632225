/** How often something has happened since the process began, by kind: for the operator's monitoring. */
export interface Counts {
  add(which: string, many?: number): void;
  all(): ReadonlyMap<string, number>;
}

export function createCounts(): Counts {
  const counted = new Map<string, number>();
  return {
    add: (which, many = 1) => void counted.set(which, (counted.get(which) ?? 0) + many),
    all: () => counted,
  };
}
