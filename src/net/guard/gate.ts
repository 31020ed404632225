import { Refusal } from '../../errors.ts';
import { createLine, type Watch } from '../../lib/line.ts';

/** Lets in so many fetches at once: of one person only a few, and people in turn. */
export interface Gate {
  /**
   * Waits for a place; answers the function that gives it back.
   * @throws Refusal 429 when too many of one person wait, 503 when too many of all do; the signal's reason when it aborts
   */
  enter(whose: string, watch?: Watch, signal?: AbortSignal): Promise<() => void>;
  /** Fails all that wait, now and later. */
  close(reason: unknown): void;
}

export interface GateLimits {
  /** At once, of all and of one. */
  most: number;
  each: number;
  /** That may wait, of all and of one. */
  waiting: number;
  waitingEach: number;
}

interface Turn {
  enter(): void;
  fail(reason: unknown): void;
}

export function createGate({ most, each, waiting, waitingEach }: GateLimits): Gate {
  const line = createLine<Turn>();
  const inside = new Map<string, number>();
  let all = 0;
  let closed: { reason: unknown } | undefined;
  const of = (whose: string) => inside.get(whose) ?? 0;

  const next = () => (all < most ? line.next((whose) => of(whose) < each) : undefined);

  function fill() {
    for (let turn = next(); turn; turn = next()) turn.enter();
  }

  function count(whose: string, more: 1 | -1) {
    all += more;
    const left = of(whose) + more;
    if (left > 0) inside.set(whose, left);
    else inside.delete(whose);
  }

  function refuseTooMany(whose: string) {
    if (line.countOf(whose) >= waitingEach) throw new Refusal(429, 'at_once', 'error.at_once', { retryAfter: 10 });
    if (line.length >= waiting) throw new Refusal(503, 'busy', 'error.busy', { retryAfter: 60 });
  }

  return {
    async enter(whose, watch, signal) {
      if (closed) throw closed.reason;
      signal?.throwIfAborted();
      refuseTooMany(whose);
      await new Promise<void>((resolve, fail) => {
        const giveUp = () => {
          line.leave(whose, turn);
          fail(signal?.reason);
        };
        const turn: Turn = {
          enter() {
            signal?.removeEventListener('abort', giveUp);
            count(whose, 1);
            resolve();
          },
          fail,
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        line.join(whose, turn);
        fill();
        if (line.placeOf(whose, turn) > 0) watch?.waits(() => line.placeOf(whose, turn));
      });
      watch?.begins();
      let left = false;
      return () => {
        if (left) return;
        left = true;
        count(whose, -1);
        fill();
      };
    },
    close(reason) {
      closed = { reason };
      for (const turn of line.empty()) turn.fail(reason);
    },
  };
}
