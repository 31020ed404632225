/**
 * Wakes those who wait for a change of something in this process. Only a shortcut: what changes in another one is found by
 * looking again after a while.
 */
export interface Bells {
  ring(name: string): void;
  /** Resolves at the next ring, after `ms`, or when `signal` aborts: listen first and look then, and no ring is missed. */
  next(name: string, ms: number, signal: AbortSignal): Promise<void>;
}

/** The bells of the house: of an image, rung when its sizes are made, and of a member's save under way. */
export const imageBell = (id: number) => `image ${id}`;
export const saveBell = (member: number, key: string) => `save ${member} ${key}`;

export function createBells(): Bells {
  const listening = new Map<string, Set<() => void>>();

  function stopListening(name: string, hear: () => void) {
    const others = listening.get(name);
    others?.delete(hear);
    if (others?.size === 0) listening.delete(name);
  }

  return {
    ring: (name) => [...(listening.get(name) ?? [])].forEach((hear) => hear()),
    next: (name, ms, signal) =>
      new Promise((resolve) => {
        const hear = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', hear);
          stopListening(name, hear);
          resolve();
        };
        const timer = setTimeout(hear, ms);
        signal.addEventListener('abort', hear, { once: true });
        listening.set(name, (listening.get(name) ?? new Set()).add(hear));
        if (signal.aborted) hear();
      }),
  };
}
