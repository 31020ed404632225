import type { Db } from '../../db/index.ts';
import { randomToken } from '../../lib/secret.ts';

/** A round over all images that the operator has asked for; there is one of each kind at a time. */
export interface Round<Found = Record<string, unknown>> {
  kind: 'check' | 'render' | 'rebalance';
  run: string;
  wanted: Readonly<Record<string, unknown>>;
  found: Found;
  /** The last that was dealt with. */
  place: string;
  done: number;
  total: number;
  touchedAt: number;
  ended: boolean;
}

type Kind = Round['kind'];

/** The round of a kind: the one under way, or the last. */
export async function findRound<Found>(db: Db, kind: Kind): Promise<Round<Found> | null> {
  const row = await db('rounds').where({ kind }).first();
  return row
    ? {
        kind,
        run: row.run,
        wanted: JSON.parse(row.wanted),
        found: JSON.parse(row.found),
        place: row.place,
        done: Number(row.done),
        total: Number(row.total),
        touchedAt: Number(row.touched_at),
        ended: row.ended_at !== null,
      }
    : null;
}

/** Begins a round, in the place of the last one. */
export async function beginRound<Found>(
  db: Db,
  kind: Kind,
  { wanted, found, total }: { wanted: Round['wanted']; found: Found; total: number },
  now = Date.now(),
): Promise<Round<Found>> {
  const run = randomToken();
  const texts = { wanted: JSON.stringify(wanted), found: JSON.stringify(found) };
  const row = { run, ...texts, place: '', done: 0, total, begun_at: now, touched_at: now, ended_at: null };
  await db('rounds')
    .insert({ kind, ...row })
    .onConflict('kind')
    .merge(row);
  return { kind, run, wanted, found, place: '', done: 0, total, touchedAt: now, ended: false };
}

/** Goes on with a round that was interrupted: whoever else is still at it finds that it is theirs no longer. */
export async function takeRound<Found>(db: Db, round: Round<Found>): Promise<Round<Found> | null> {
  const run = randomToken();
  const taken = await db('rounds').where({ kind: round.kind, run: round.run, ended_at: null }).update({ run });
  return taken === 1 ? { ...round, run } : null;
}

/** Writes down how far it is; false when somebody else has it, or has come as far already. */
export async function advance<Found>(
  db: Db,
  { kind, run, place }: Round<Found>,
  to: Pick<Round<Found>, 'place' | 'done' | 'found' | 'ended'>,
  now = Date.now(),
): Promise<boolean> {
  const ended = to.ended ? { ended_at: now } : {};
  const moved = await db('rounds')
    .where({ kind, run, place, ended_at: null })
    .update({ place: to.place, done: to.done, found: JSON.stringify(to.found), touched_at: now, ...ended });
  return moved === 1;
}
