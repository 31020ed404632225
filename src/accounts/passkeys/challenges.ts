import type { Db } from '../../db/index.ts';
import { hashToken } from '../../lib/secret.ts';

/** How long a challenge waits for its answer. */
export const CHALLENGE_MS = 5 * 60 * 1000;

/** Uses up a challenge: false when it was answered before. */
export async function takeChallenge(db: Db, challenge: string, now = Date.now()): Promise<boolean> {
  const made = await db('used_challenges')
    .insert({ challenge_hash: hashToken(challenge), used_at: now })
    .onConflict('challenge_hash')
    .ignore()
    .returning('challenge_hash');
  return made.length === 1;
}

/** Strikes off challenges that have run out by themselves. */
export const sweepChallenges = (db: Db, now = Date.now()): Promise<number> =>
  db('used_challenges')
    .where('used_at', '<', now - 2 * CHALLENGE_MS)
    .delete();
