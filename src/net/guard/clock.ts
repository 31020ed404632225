import { setTimeout as pause } from 'node:timers/promises';
import { Closing, OutOfTime } from './failure.ts';

/** How far a fetch has come, which decides what it means when time runs out. */
export type Stage = 'reaching' | 'waiting' | 'receiving';

/** The one deadline over a whole fetch, joined with the caller's own signal. */
export interface Clock {
  signal: AbortSignal;
  stage: Stage;
  close(): void;
  stop(): void;
}

export function startClock(timeoutMs: number, outer: AbortSignal | undefined): Clock {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new OutOfTime()), timeoutMs);
  const follow = () => controller.abort(outer?.reason);
  if (outer?.aborted) follow();
  outer?.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    stage: 'reaching',
    close: () => controller.abort(new Closing()),
    stop() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', follow);
    },
  };
}

/**
 * Waits until `floorMs` and a little chance have gone by since `began`, so that forbidden, unknown and closed take the same
 * time. A caller who gives up is not held back.
 */
export async function keepFloor(began: number, floorMs: number, signal: AbortSignal | undefined): Promise<void> {
  const rest = floorMs * (1 + Math.random() / 3) - (performance.now() - began);
  if (rest > 0) await pause(rest, undefined, signal ? { signal } : {}).catch(() => {});
}
