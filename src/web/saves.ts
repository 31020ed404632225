import type { Refusal } from '../errors.ts';
import type { Progress } from '../images/index.ts';
import { saveBell, type Bells } from '../lib/bells.ts';

/** How far a save is, from the first byte of its form to its answer. */
export type SaveState =
  | { state: 'receiving'; bytes: number; total: number | null }
  | Progress
  | { state: 'saved'; image: number }
  | { state: 'refused'; refusal: Refusal };

/**
 * The saves that are under way in this process, by member and by the one-time key of their form, so that whoever waits can ask
 * on another connection. Only for the eyes: what was saved is in the database.
 */
export interface Saves {
  /** Does nothing for a form without a key. */
  note(member: number, key: unknown, now: SaveState): void;
  find(member: number, key: string): SaveState | null;
  forget(member: number, key: unknown): void;
}

/** Nothing is kept longer than this after its last change, nor more than so many. */
const KEPT_MS = 10 * 60 * 1000;
const MOST = 5000;
/** As long as the form takes it. */
const LONGEST_KEY = 100;

const isKey = (key: unknown): key is string => typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY;

export function createSaves(bells: Bells, clock: () => number = () => performance.now()): Saves {
  // The one that changed last stands last.
  const saves = new Map<string, { now: SaveState; at: number }>();

  function dropOld() {
    for (const [name, { at }] of saves) {
      if (saves.size <= MOST && at > clock() - KEPT_MS) return;
      saves.delete(name);
    }
  }

  return {
    note(member, key, now) {
      if (!isKey(key)) return;
      const name = saveBell(member, key);
      const before = saves.get(name)?.now;
      saves.delete(name);
      saves.set(name, { now, at: clock() });
      dropOld();
      // Bytes come by the hundred: those who follow look by themselves.
      if (before?.state !== now.state) bells.ring(name);
    },
    find: (member, key) => saves.get(saveBell(member, key))?.now ?? null,
    forget(member, key) {
      if (isKey(key) && saves.delete(saveBell(member, key))) bells.ring(saveBell(member, key));
    },
  };
}
