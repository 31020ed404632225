import { query, type Db } from '../db/index.ts';
import type { Log } from '../lib/log.ts';
import { bringUpToDate } from './keep.ts';

/** Brings what has changed up to date in the search, behind everybody's back. */
export interface Keeper {
  wake(): void;
  stop(graceMs: number): Promise<void>;
  /** Resolves when everything is up to date. */
  idle(): Promise<void>;
}

/** Several changes that follow one another are brought up to date together. */
const LATER_MS = 250;
/** How often it looks by itself: other processes change images as well. */
const LOOK_MS = 2000;

const isDirty = query<{ image_id: number }>('SELECT image_id FROM search_dirty LIMIT 1');

/** Any number of processes may have one: each takes other images. */
export function startKeeper(db: Db, log: Pick<Log, 'warn'>): Keeper {
  const state = { stopped: false, woken: false };
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  let failing = false;

  async function catchUp() {
    try {
      while (!state.stopped && (await isDirty.first(db, [])) && (await bringUpToDate(db)) > 0);
      failing = false;
    } catch (error) {
      // Said once, however long the database is away or its disk full.
      if (!failing) log.warn({ err: error }, 'the search could not be brought up to date; trying again');
      failing = true;
    }
  }
  const catchUpAfter = () => (work = work.then(catchUp));
  const lookIn = (ms: number) => {
    clearTimeout(timer);
    if (state.stopped) return;
    timer = setTimeout(() => {
      state.woken = false;
      void catchUpAfter().then(() => lookIn(state.woken ? LATER_MS : LOOK_MS));
    }, ms);
  };
  lookIn(0);
  return {
    wake() {
      // The first of several sets the time, or those that never end would put it off for ever.
      if (!state.woken) lookIn(LATER_MS);
      state.woken = true;
    },
    idle: catchUpAfter,
    async stop() {
      state.stopped = true;
      clearTimeout(timer);
      await work;
    },
  };
}
