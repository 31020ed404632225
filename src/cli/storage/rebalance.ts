import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { advance, beginRound, findRound, takeRound, type Round } from '../../images/index.ts';
import { sizeInWords } from '../../lib/size.ts';
import { words } from '../../lib/words/index.ts';
import { BEGINNINGS, createPlaces, markEmptied, moveUnder, openMembers, type Member } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';

interface Found {
  files: number;
  bytes: number;
  conflicts: number;
}

/**
 * Moves everything to the store that it belongs to, while the site runs, and says which stores STORAGE can do without
 * afterwards. After an interruption it goes on where it was. True when everything is in its place.
 */
export async function rebalance(desk: Desk): Promise<boolean> {
  const { config, db, print, progress } = desk;
  const members = openMembers(config);
  for (const { storage } of members) await storage.check();
  const places = createPlaces(members);
  let round = await open(desk, members);
  for (const beginning of BEGINNINGS.slice(BEGINNINGS.indexOf(round.place) + 1)) {
    const moved = await moveUnder(members, places, beginning);
    for (const key of moved.conflicts) {
      progress(null);
      print(words('cli.rebalance_conflict', { key }));
    }
    const found = {
      files: round.found.files + moved.files,
      bytes: round.found.bytes + moved.bytes,
      conflicts: round.found.conflicts + moved.conflicts.length,
    };
    round = await moveOn(db, round, found, beginning);
    const percent = Math.floor((round.done / round.total) * 100);
    progress(words('cli.rebalance_progress', { percent, count: found.files, bytes: sizeInWords(found.bytes) }));
  }
  progress(null);
  print(words('cli.rebalance_done', { count: round.found.files, bytes: sizeInWords(round.found.bytes) }));
  const left = await closeEmptied(desk, members);
  return left && round.found.conflicts === 0;
}

/** A new round, or the one that was interrupted, where the stores are still the same. */
async function open({ db, print }: Desk, members: readonly Member[]): Promise<Round<Found>> {
  const stores = members.map(({ name, leaving }) => `${leaving ? '-' : ''}${name}`);
  const last = await findRound<Found>(db, 'rebalance');
  const goesOn = last && !last.ended && JSON.stringify(last.wanted['stores']) === JSON.stringify(stores);
  const taken = goesOn ? await takeRound(db, last) : null;
  if (taken) print(words('cli.rebalance_goes_on', { percent: Math.floor((taken.done / taken.total) * 100) }));
  const found = { files: 0, bytes: 0, conflicts: 0 };
  return taken ?? beginRound(db, 'rebalance', { wanted: { stores }, found, total: BEGINNINGS.length });
}

async function moveOn(db: Db, round: Round<Found>, found: Found, place: string): Promise<Round<Found>> {
  const to = { place, done: round.done + 1, found, ended: place === BEGINNINGS.at(-1) };
  if (!(await advance(db, round, to))) throw new Refusal(409, 'overtaken', 'cli.rebalance_overtaken');
  return { ...round, ...to };
}

/** Looks whether the stores that leave are empty: a process with older settings may have written to them meanwhile. */
async function closeEmptied({ db, print }: Desk, members: readonly Member[]): Promise<boolean> {
  let well = true;
  for (const { name, storage } of members.filter(({ leaving }) => leaving)) {
    let left = 0;
    for (const beginning of BEGINNINGS) left += (await storage.list(beginning)).length;
    if (left === 0) await markEmptied(db, name);
    else well = false;
    print(left === 0 ? words('cli.rebalance_emptied', { name }) : words('cli.rebalance_left', { name, count: left }));
  }
  return well;
}
