import { Refusal } from '../errors.ts';
import { createLine, type Watch } from '../lib/line.ts';
import type { Place } from './place.ts';

/** So many people's pictures go before one background job, which so is never left out for ever. */
const URGENT_IN_A_ROW = 8;
/** Beyond this, people had better be told than wait: it is minutes of work. */
const MOST_WAITING = 500;

export interface Wish {
  /** Somebody waits for it. */
  urgent: boolean;
  /** Whose it is: of several who wait each has one turn, however many pictures one of them has sent. */
  whose: string;
  watch?: Watch | undefined;
  /** Aborts when nobody waits any more: then it leaves the line. What has begun goes on. */
  signal?: AbortSignal | undefined;
}

export interface Pool {
  /** Does `work` in a place of its own when its turn comes: urgent work first, of each kind one for each in turn. */
  run<T>(wish: Wish, work: (place: Place) => Promise<T>): Promise<T>;
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
  const urgent = createLine<Turn>();
  const patient = createLine<Turn>();
  const underWay = new Set<Promise<unknown>>();
  let inARow = 0;
  let closed = false;

  function next(): Turn | undefined {
    const patientsTurn = urgent.length === 0 || (patient.length > 0 && inARow >= URGENT_IN_A_ROW);
    inARow = patientsTurn ? 0 : inARow + 1;
    return patientsTurn ? patient.next() : urgent.next();
  }

  function fill() {
    while (free.size > 0 && urgent.length + patient.length > 0) {
      // A place that has a child is quicker than one that must start it.
      const place = [...free].find(({ hasChild }) => hasChild) ?? [...free][0];
      if (place) free.delete(place);
      if (place) next()?.begin(place);
    }
  }

  async function turn({ urgent: isUrgent, whose, watch, signal }: Wish): Promise<Place> {
    signal?.throwIfAborted();
    const line = isUrgent ? urgent : patient;
    let giveUp = () => {};
    const place = await new Promise<Place>((begin, fail) => {
      const mine = { begin, fail };
      giveUp = () => {
        line.leave(whose, mine);
        fail(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      line.join(whose, mine);
      fill();
      if (line.placeOf(whose, mine) > 0) watch?.waits(() => line.placeOf(whose, mine));
    }).finally(() => signal?.removeEventListener('abort', giveUp));
    watch?.begins();
    return place;
  }

  async function giveBack(place: Place) {
    await place.tidy();
    free.add(place);
    fill();
  }

  return {
    async run(wish, work) {
      if (closed) throw closedError();
      if (wish.urgent && urgent.length >= MOST_WAITING)
        throw new Refusal(503, 'busy', 'imaging.busy', { retryAfter: 60 });
      const place = await turn(wish);
      const done = work(place).finally(() => giveBack(place));
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    },

    async close() {
      closed = true;
      for (const { fail } of [...urgent.empty(), ...patient.empty()]) fail(closedError());
      await Promise.all(places.map((place) => place.dismiss('closed')));
      await Promise.allSettled(underWay);
    },
  };
}
