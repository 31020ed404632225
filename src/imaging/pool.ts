import { Refusal } from '../errors.ts';
import type { Place } from './place.ts';

/** So many people's pictures go before one background job, which so is never left out for ever. */
const URGENT_IN_A_ROW = 8;
/** Beyond this, people had better be told than wait: it is minutes of work. */
const MOST_WAITING = 500;

export interface Pool {
  /** Does `work` in a place of its own when its turn comes: urgent work first, each kind in the order it came. */
  run<T>(urgent: boolean, work: (place: Place) => Promise<T>): Promise<T>;
  /** Ends the children and fails what waits and what is under way. Resolves when all processes have gone. */
  close(): Promise<void>;
}

interface Turn {
  begin(place: Place): void;
  fail(error: Error): void;
}

/** A thrown thing of our own, so that work under way knows that it failed because the pool was closed. */
export const closedError = () => new Error('imaging is closed');

export function createPool(places: readonly Place[]): Pool {
  const free = new Set(places);
  const urgent: Turn[] = [];
  const patient: Turn[] = [];
  const underWay = new Set<Promise<unknown>>();
  let inARow = 0;
  let closed = false;

  function next(): Turn | undefined {
    const patientsTurn = urgent.length === 0 || (patient.length > 0 && inARow >= URGENT_IN_A_ROW);
    inARow = patientsTurn ? 0 : inARow + 1;
    return patientsTurn ? patient.shift() : urgent.shift();
  }

  function fill() {
    while (free.size > 0 && urgent.length + patient.length > 0) {
      // A place that has a child is quicker than one that must start it.
      const place = [...free].find(({ hasChild }) => hasChild) ?? [...free][0];
      if (place) free.delete(place);
      if (place) next()?.begin(place);
    }
  }

  function turn(isUrgent: boolean): Promise<Place> {
    return new Promise((begin, fail) => {
      (isUrgent ? urgent : patient).push({ begin, fail });
      fill();
    });
  }

  async function giveBack(place: Place) {
    await place.tidy();
    free.add(place);
    fill();
  }

  return {
    async run(isUrgent, work) {
      if (closed) throw closedError();
      if (isUrgent && urgent.length >= MOST_WAITING) throw new Refusal(503, 'busy', 'imaging.busy', { retryAfter: 60 });
      const place = await turn(isUrgent);
      const done = work(place).finally(() => giveBack(place));
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    },

    async close() {
      closed = true;
      for (const { fail } of [...urgent.splice(0), ...patient.splice(0)]) fail(closedError());
      await Promise.all(places.map((place) => place.dismiss('closed')));
      await Promise.allSettled(underWay);
    },
  };
}
