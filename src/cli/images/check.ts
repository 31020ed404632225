import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import {
  advance,
  askRepair,
  askTiers,
  beginRound,
  checkUnder,
  findRound,
  lackingTiers,
  removeStray,
  takeRound,
  type Mismatch,
  type Round,
} from '../../images/index.ts';
import { sizeInWords } from '../../lib/size.ts';
import { words } from '../../lib/words/index.ts';
import { BEGINNINGS, openStorage, type Storage } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';

export interface CheckOptions {
  quick?: boolean;
  repair?: boolean;
  removeStrays?: boolean;
  anew?: boolean;
}

/** How much was looked at, and how often something was wrong. */
interface Found extends Record<Mismatch['fault'] | 'lacking', number> {
  files: number;
  bytes: number;
}

const NOTHING: Found = {
  files: 0,
  bytes: 0,
  missing: 0,
  wrong_size: 0,
  wrong_hash: 0,
  unreadable: 0,
  stray: 0,
  lacking: 0,
};
const FAULTS = ['missing', 'wrong_size', 'wrong_hash', 'unreadable', 'stray', 'lacking'] as const;

/** A round that was left for longer than this tells of a site that has changed too much since. */
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * Compares rows with bytes in both directions, and says what does not agree; true when all does. Reads only: tiers are made
 * again by a job of the site, and strays are removed where that is asked for. After an interruption it goes on where it was.
 */
export async function checkImages(desk: Desk, options: CheckOptions = {}): Promise<boolean> {
  const { config, db, print, progress } = desk;
  const storage = openStorage(config);
  let round = await open(desk, options);
  for (const beginning of BEGINNINGS.slice(BEGINNINGS.indexOf(round.place) + 1)) {
    const looked = await checkUnder(db, storage, beginning, { quick: options.quick ?? false });
    const found = { ...round.found, files: round.found.files + looked.files, bytes: round.found.bytes + looked.bytes };
    for (const mismatch of looked.mismatches) {
      found[mismatch.fault]++;
      progress(null);
      print(lineOf(mismatch));
      await put(db, storage, mismatch, options);
    }
    round = await moved(db, round, { place: beginning, done: round.done + 1, found, ended: false });
    const percent = Math.floor((round.done / round.total) * 100);
    progress(words('cli.check_progress', { percent, count: found.files, bytes: sizeInWords(found.bytes) }));
  }
  const found = { ...round.found };
  for await (const id of lackingTiers(db)) {
    found.lacking++;
    print(words('cli.check_lacking', { id }));
    if (options.repair) await askTiers(db, id);
  }
  await moved(db, round, { place: 'ff', done: round.done, found, ended: true });
  progress(null);
  return conclude(desk, found, options);
}

/** A new round, or the one that was interrupted. */
async function open({ db, print }: Desk, { quick = false, anew = false }: CheckOptions): Promise<Round<Found>> {
  const last = await findRound<Found>(db, 'check');
  const goesOn = last && !last.ended && !anew && last.wanted['quick'] === quick;
  const taken = goesOn && last.touchedAt > Date.now() - STALE_MS ? await takeRound(db, last) : null;
  if (taken) print(words('cli.check_goes_on', { percent: Math.floor((taken.done / taken.total) * 100) }));
  return taken ?? beginRound(db, 'check', { wanted: { quick }, found: NOTHING, total: BEGINNINGS.length });
}

type To = Parameters<typeof advance<Found>>[2];

async function moved(db: Db, round: Round<Found>, to: To): Promise<Round<Found>> {
  if (!(await advance(db, round, to))) throw new Refusal(409, 'overtaken', 'cli.check_overtaken');
  return { ...round, ...to };
}

function lineOf(mismatch: Mismatch): string {
  const said = words(`cli.fault.${mismatch.fault}`);
  if (mismatch.fault === 'stray') {
    const date = new Date(mismatch.writtenAt).toISOString().slice(0, 10);
    return [said, mismatch.key, sizeInWords(mismatch.bytes), date].join('\t');
  }
  const { what, id, part } = mismatch.of;
  return [said, mismatch.key, words(`cli.of.${what}`, { id }), part].join('\t').trim();
}

/** What can be put right without a doubt: tiers are made of their original, and what is nobody's is removed when that is wanted. */
async function put(db: Db, storage: Storage, mismatch: Mismatch, { repair, removeStrays }: CheckOptions) {
  if (mismatch.fault === 'stray') return removeStrays ? removeStray(db, storage, mismatch.key) : undefined;
  const { what, id, part } = mismatch.of;
  if (repair && what === 'image' && part !== 'original') await askRepair(db, id);
}

function conclude({ print }: Desk, found: Found, { repair, removeStrays }: CheckOptions): boolean {
  print(words('cli.check_looked', { count: found.files, bytes: sizeInWords(found.bytes) }));
  const wrong = FAULTS.filter((fault) => found[fault] > 0);
  for (const fault of wrong) print(`${words(`cli.fault.${fault}`)}\t${found[fault]}`);
  if (wrong.length === 0) print(words('cli.check_well'));
  if (!repair && wrong.some((fault) => fault !== 'stray')) print(words('cli.check_repair'));
  if (!removeStrays && found.stray > 0) print(words('cli.check_remove'));
  return wrong.length === 0;
}
