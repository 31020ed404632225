/** A few places at each host: we are nobody's tool to flood others with. */
export interface Places {
  /** Waits for a place; answers the function that gives it back. */
  take(host: string, signal: AbortSignal): Promise<() => void>;
}

/** @param most how many may be at one host at once */
export function createPlaces(most: number): Places {
  const taken = new Map<string, number>();
  const waiting = new Map<string, Array<() => void>>();

  function leave(host: string): void {
    const next = waiting.get(host)?.shift();
    if (next) return next(); // The place goes from hand to hand.
    const left = (taken.get(host) ?? 1) - 1;
    waiting.delete(host);
    if (left > 0) taken.set(host, left);
    else taken.delete(host);
  }

  async function take(host: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const here = taken.get(host) ?? 0;
    if (here < most) taken.set(host, here + 1);
    else await queue(host, signal);
    let given = false;
    return () => {
      if (!given) leave(host);
      given = true;
    };
  }

  function queue(host: string, signal: AbortSignal): Promise<void> {
    const line = waiting.get(host) ?? [];
    waiting.set(host, line);
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        line.splice(line.indexOf(enter), 1);
        reject(signal.reason);
      };
      line.push(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  return { take };
}
