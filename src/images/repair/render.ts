import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { Tier } from '../../lib/tiers.ts';
import { enqueue } from '../../queue/index.ts';
import type { Making } from '../make-tiers.ts';
import { makeAgain, type Again } from './again.ts';
import { advance, beginRound, findRound, type Round } from './rounds.ts';

/** What is made again; all that is left out. */
export interface Rendering {
  image?: number;
  tier?: Tier;
}

/** What has become of the images so far. */
export interface Rendered extends Record<Again, number> {
  failed: number;
  /** The first of those that could not be made. */
  which: number[];
}

const KIND = 'renderImages';
const NOTHING: Rendered = { made: 0, same: 0, gone: 0, failed: 0, which: [] };

export const findRendering = (db: Db) => findRound<Rendered>(db, 'render');

/** Begins a round that makes tiers again. It is done by jobs, so wherever jobs are done. */
export async function beginRendering(db: Db, wanted: Rendering): Promise<Round<Rendered>> {
  const [row] = await images(db, wanted, '').count({ n: 'id' });
  return db.transaction(async (trx) => {
    const total = Number(row?.['n'] ?? 0);
    const round = await beginRound(trx, 'render', { wanted: { ...wanted }, found: NOTHING, total });
    await goOn(trx, round.run);
    return round;
  });
}

/** Makes sure that a job goes on with a round, also where the last one was given up. */
export const goOn = (db: Db, run: string) => enqueue(db, KIND, { run }, { key: run, priority: 200 });

function images(db: Db, { image }: Rendering, after: string) {
  const rest = db('images').where('id', '>', Number(after));
  return image === undefined ? rest : rest.where({ id: image });
}

/** A job is short, so that others get their turn and a site that stops need not wait for it. */
const AT_ONCE = 25;
const LONG_MS = 2000;

/** Makes the next few images of a round again, writes down how far it has come, and leaves the rest to the next job. */
export async function renderImages(db: Db, making: Making, run: string): Promise<void> {
  const round = await findRendering(db);
  if (!round || round.run !== run || round.ended) return;
  const wanted = round.wanted as Rendering;
  const ids: number[] = await images(db, wanted, round.place).orderBy('id').limit(AT_ONCE).pluck('id');
  const found = { ...round.found, which: [...round.found.which] };
  let { place, done } = round;
  const until = performance.now() + LONG_MS;
  for (const id of ids.map(Number)) {
    await renderOne(db, making, id, wanted, found);
    place = String(id);
    done++;
    if (performance.now() > until) break;
  }
  const ended = ids.length === 0;
  await db.transaction(async (trx) => {
    if ((await advance(trx, round, { place, done, found, ended })) && !ended) await goOn(trx, run);
  });
}

const MOST_NAMED = 50;

async function renderOne(db: Db, making: Making, id: number, { tier }: Rendering, found: Rendered) {
  try {
    found[await makeAgain(db, making, id, tier && [tier])]++;
  } catch (error) {
    // What is wrong with the picture itself stays so; a full disk or a closed pool are for the next try.
    if (!(error instanceof Refusal) || (error.status !== 422 && error.code !== 'original_lost')) throw error;
    making.log.warn({ err: error, image: id }, 'could not be made again');
    found.failed++;
    if (found.which.length < MOST_NAMED) found.which.push(id);
  }
}
