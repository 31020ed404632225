import { Refusal } from '../../errors.ts';

/** How many at once of one member, or of one visitor's network. */
const MOST = {
  /** Forms with a file that are received, or wait to be looked at: each may take 25 MB of the disk. */
  uploads: 50,
  /** Event streams: a page of an image has one while its sizes are made. */
  streams: 20,
} as const;

export type AtOnceName = keyof typeof MOST;

/** Counts what goes on at the same time. Answers the function that gives the place back; a Refusal 429 when there are too many. */
export type Enter = (name: AtOnceName, who: string) => () => void;

export function createAtOnce(on: boolean): Enter {
  const inside = new Map<string, number>();
  return (name, who) => {
    const key = `${name} ${who}`;
    const now = inside.get(key) ?? 0;
    if (on && now >= MOST[name]) throw new Refusal(429, 'at_once', `error.at_once.${name}`, { retryAfter: 5 });
    inside.set(key, now + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const rest = (inside.get(key) ?? 1) - 1;
      if (rest > 0) inside.set(key, rest);
      else inside.delete(key);
    };
  };
}
