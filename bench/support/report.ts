import { cpus } from 'node:os';

/** A row of the table: what was measured, against what, and what is asked of it (null where nothing is). */
export interface Result {
  what: string;
  /** How much of the comparison's speed we reach: 1 is as fast. */
  ratio: number;
  goal: number | null;
  /** Further figures, as they are printed. */
  figures: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[half - 0.5] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/** The value that `share` of them do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** What the figures were measured on. */
export function machine(): string {
  const processors = cpus();
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}`;
}

/** Prints the table, and makes the process end with 1 where a goal is missed. */
export function report(title: string, results: readonly Result[]) {
  const width = Math.max(...results.map(({ what }) => what.length));
  const lines = results.map(({ what, ratio, goal, figures }) => {
    const asked = goal === null ? '' : ratio >= goal ? `≥ ${goal}` : `BELOW ${goal}`;
    return `${what.padEnd(width)}  ${ratio.toFixed(3)}  ${asked.padEnd(10)}  ${figures}`;
  });
  process.stdout.write(`\n${title} (${machine()})\n${lines.join('\n')}\n`);
  if (results.some(({ ratio, goal }) => goal !== null && ratio < goal)) process.exitCode = 1;
}
