import { createHash } from 'node:crypto';

/** Which stores a key belongs to, the first choice first; all of them, each once. */
export type Ring = (key: string) => readonly string[];

/** More make the shares more even: with these the shares of four are some 2 % off even, and a ring costs a few milliseconds once. */
const POINTS = 4096;
const A_DIGEST = 8;

/**
 * A consistent-hash ring: every store has many points on a circle that follow from its name alone, and a key belongs to the
 * store whose point comes next. A store more takes its share evenly from all others, and moves nothing between those.
 */
export function createRing(names: readonly string[]): Ring {
  const points = names.flatMap((name) => pointsOf(name).map((at) => ({ at, name }))).sort((a, b) => a.at - b.at);
  const places = Float64Array.from(points, ({ at }) => at);
  return (key) => {
    const order = new Set<string>();
    const first = behind(places, placeOf(key));
    for (let n = 0; order.size < names.length; n++) order.add(points[(first + n) % points.length]?.name ?? '');
    return [...order];
  };
}

function pointsOf(name: string): number[] {
  return Array.from({ length: POINTS / A_DIGEST }, (_, n) => {
    const digest = createHash('sha256').update(`${n} ${name}`).digest();
    return Array.from({ length: A_DIGEST }, (_, m) => digest.readUInt32BE(m * 4));
  }).flat();
}

/** Of the whole key: what lies in one folder begins alike, and shall not lie in one store. */
const placeOf = (key: string): number => createHash('sha256').update(key).digest().readUInt32BE(0);

/** The first of the sorted places at or behind one; their number where there is none. */
function behind(places: Float64Array, place: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
