import { median, type Result } from './report.ts';
import type { Shares } from './shares.ts';

/** What one side did in a round: its rate, and who took the processors meanwhile where that is known. */
export interface Done {
  rate: number;
  shares?: Shares;
}

/** The same work with one and with two processes, by the site and by bare ones. */
export interface Sides {
  site: readonly [one: () => Promise<Done>, two: () => Promise<Done>];
  bare: readonly [one: () => Promise<Done>, two: () => Promise<Done>];
}

/** With two processes instead of one. */
const GOAL = 1.7;
/** Of what the bare ones gain, where the machine does not allow that. */
const OF_FLOOR = 0.9;

/** All four in turn, so that what else happens on the machine befalls all. */
export async function compareGrowth(what: string, bareName: string, rounds: number, sides: Sides): Promise<Result[]> {
  const all: Record<'one' | 'bareOne' | 'two' | 'bareTwo', Done[]> = { one: [], bareOne: [], two: [], bareTwo: [] };
  for (let round = 0; round < rounds; round++) {
    all.one.push(await sides.site[0]());
    all.bareOne.push(await sides.bare[0]());
    all.two.push(await sides.site[1]());
    all.bareTwo.push(await sides.bare[1]());
  }
  const gain = (one: readonly Done[], two: readonly Done[]) =>
    median(two.map(({ rate }, n) => rate / (one[n]?.rate ?? NaN)));
  const floor = gain(all.bareOne, all.bareTwo);
  const allowed = OF_FLOOR * floor;
  const why = allowed < GOAL ? `goal: ${OF_FLOOR} of what bare ones gain` : `goal: ${GOAL}`;
  return [
    {
      what: `${what}, 2 processes beside 1`,
      ratio: gain(all.one, all.two),
      goal: Number(Math.min(GOAL, allowed).toFixed(3)),
      figures: `${rates(all.one)} → ${rates(all.two)} a second (${why}); with 1 ${said(all.one)}; with 2 ${said(all.two)}`,
    },
    {
      what: `… ${bareName}`,
      ratio: floor,
      goal: null,
      figures: `${rates(all.bareOne)} → ${rates(all.bareTwo)} a second; with 2 ${said(all.bareTwo)}`,
    },
  ];
}

const rates = (done: readonly Done[]) => median(done.map(({ rate }) => rate)).toFixed(1);

/** In cores. */
function said(done: readonly Done[]): string {
  const shares = done.flatMap(({ shares: known }) => known ?? []);
  if (shares.length === 0) return 'not counted';
  const of = (key: keyof Shares) => median(shares.map((one) => one[key])).toFixed(2);
  return `cores: server ${of('server')}, who asks ${of('client')}, all others ${of('others')}`;
}
