/** Lets one piece of work run at a time, in the order in which they asked. */
export interface Turns {
  /** @throws an error with the code SQLITE_BUSY for what has waited too long */
  take<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(patienceMs: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = false;
  const next = () => {
    const begin = waiting.shift();
    if (begin) begin();
    else taken = false;
  };
  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        clearTimeout(clock);
        resolve();
      };
      const clock = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(Object.assign(new Error('SQLITE_BUSY: others are writing'), { code: 'SQLITE_BUSY' }));
      }, patienceMs);
      waiting.push(begin);
    });
  return {
    async take(work) {
      if (taken) await turn();
      taken = true;
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
}
