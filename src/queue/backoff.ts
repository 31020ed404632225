export interface Backoff {
  /** How often a job is begun before it becomes a dead letter; 12 when left out: a good two hours of trying. */
  attempts: number;
  /** Milliseconds before the second attempt; each later pause is twice the one before. 5,000 when left out. */
  firstMs: number;
  /** No pause is longer than this. One hour when left out. */
  maxMs: number;
}

export const defaultBackoff: Backoff = { attempts: 12, firstMs: 5000, maxMs: 3_600_000 };

/**
 * Milliseconds to wait after the given attempt (1 is the first). Half of the pause is left to chance, so that jobs
 * which failed together do not come back together.
 */
export function retryDelay({ firstMs, maxMs }: Backoff, attempt: number, chance = Math.random()): number {
  const pause = Math.min(maxMs, firstMs * 2 ** (attempt - 1));
  return Math.round(pause * (0.5 + chance / 2));
}
