import { Refusal } from '../../errors.ts';
import type { Storage, Stored } from '../storage.ts';
import { createRing } from './points.ts';

export interface Member {
  name: string;
  /** It is read, and gets nothing new. */
  leaving: boolean;
  storage: Storage;
}

/** Where keys lie in several stores: for the site, and for whoever moves them. */
export interface Places {
  /** All stores, the one that a key belongs to first. */
  order(key: string): readonly Member[];
}

/** How long a store that could not take something is passed over for new things. */
const REST_MS = 10_000;

/** Where each key belongs: first the stores that stay, along the ring, then those that leave. */
export function createPlaces(members: readonly Member[]): Places {
  const byName = new Map(members.map((member) => [member.name, member]));
  const ring = createRing(members.filter(({ leaving }) => !leaving).map(({ name }) => name));
  const leaving = members.filter((member) => member.leaving);
  return { order: (key) => [...ring(key).flatMap((name) => byName.get(name) ?? []), ...leaving] };
}

/**
 * Several stores as one. What is new goes where the ring says, or, while that store is away or full, to the next one; what is
 * asked for is looked for where it belongs and then everywhere else, so that nothing has to be in its place to be found.
 */
export function ringStorage(members: readonly Member[], places = createPlaces(members)): Storage {
  const { keep, find } = asked(places);
  const all = members.map(({ storage }) => storage);
  const staying = members.filter(({ leaving }) => !leaving).map(({ storage }) => storage);
  return {
    keep,
    read: (key, range) => find(key, ({ storage }) => storage.read(key, range)),
    local: (key) => find(key, ({ storage }) => storage.local(key)),
    size: (key) => find(key, ({ storage }) => storage.size(key)),
    pathOf: async (key) => (await holderOf(key))?.pathOf(key) ?? null,
    addressOf: async (key, wish) => (await holderOf(key))?.addressOf(key, wish) ?? null,
    list: async (beginning) => union(await Promise.all(all.map((storage) => storage.list(beginning)))),
    remove: (key) => removeEverywhere(places, key),
    async check() {
      for (const storage of all) await storage.check();
    },
    folders: {
      reads: all.flatMap(({ folders }) => folders.reads),
      writes: all.flatMap(({ folders }) => folders.writes),
    },
    temporary: () => (staying[0] as Storage).temporary(),
    sweepTemporary: async (ms) => sum(await Promise.all(all.map((storage) => storage.sweepTemporary(ms)))),
    free: async () => Math.min(...(await Promise.all(staying.map((storage) => storage.free())))),
  };
  async function holderOf(key: string): Promise<Storage | null> {
    return find(key, async ({ storage }) => ((await storage.size(key)) === null ? null : storage));
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

/** What lies in two stores, since it is being moved, is one thing. */
const union = (lists: readonly Stored[][]): Stored[] => [
  ...new Map(lists.flat().map((stored) => [stored.key, stored])).values(),
];

function asked({ order }: Places) {
  const restsUntil = new Map<string, number>();
  const rests = ({ name }: Member) => (restsUntil.get(name) ?? 0) > performance.now();
  const rest = ({ name }: Member) => restsUntil.set(name, performance.now() + REST_MS);
  return {
    async keep(key: string, file: string): Promise<void> {
      const staying = order(key).filter(({ leaving }) => !leaving);
      const tried = [...staying.filter((member) => !rests(member)), ...staying.filter(rests)];
      for (const [n, member] of tried.entries())
        try {
          return await member.storage.keep(key, file);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          rest(member);
          if (n === tried.length - 1) throw error;
        }
    },
    /** The first answer that is not null. Where a store could not be asked, nobody knows that a thing is nowhere. */
    async find<T>(key: string, ask: (member: Member) => Promise<T | null>): Promise<T | null> {
      const members = order(key);
      let fault: unknown = null;
      // It may have been moved from where we look last to where we looked first: there once more.
      for (const member of members.length > 1 ? [...members, ...members.slice(0, 1)] : members)
        try {
          const found = await ask(member);
          if (found !== null) return found;
        } catch (error) {
          fault ??= error;
        }
      if (fault) throw fault;
      return null;
    },
  };
}

/**
 * Where it belongs comes last: whoever moves it looks, after the copy, whether the old one is still there, and takes the copy back
 * where it is not.
 */
async function removeEverywhere({ order }: Places, key: string): Promise<void> {
  const faults: unknown[] = [];
  for (const { storage } of [...order(key)].reverse()) await storage.remove(key).catch((fault) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
