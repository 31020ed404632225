import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { hashToken, randomToken } from '../lib/secret.ts';
import { audit } from './audit.ts';

const DAY = 24 * 60 * 60 * 1000;
/** How long an invitation can be used. */
export const INVITATION_DAYS = 7;

export interface Inviting {
  /** Who invites; null from the command line. */
  by: number | null;
  /** Whom it is for, for the log alone: whoever has the link may use it. */
  email?: string;
  address?: string;
}

export interface Invitation {
  /** The whole address that opens the form; shown once, since its hash alone is kept. */
  link: string;
  expiresAt: number;
}

/** Makes an invitation that lets one person join; `site` is BASE_URL. */
export async function invite(
  db: Db,
  site: string,
  { by, email, address }: Inviting,
  now = Date.now(),
): Promise<Invitation> {
  const token = randomToken();
  const expiresAt = now + INVITATION_DAYS * DAY;
  await db.transaction(async (trx) => {
    await trx('invitations').insert({
      token_hash: hashToken(token),
      invited_by: by,
      email: email ?? null,
      created_at: now,
      expires_at: expiresAt,
    });
    await audit(trx, { accountId: by, act: 'invited', subject: email ?? '', address: address ?? '' }, now);
  });
  return { link: `${site}/account/register?invite=${token}`, expiresAt };
}

const usable = (db: Db, token: string, now: number) =>
  db('invitations')
    .where({ token_hash: hashToken(token), used_at: null })
    .where('expires_at', '>', now);

/** Whether an invitation can be used. Looking does not use it up. */
export const isInvited = async (db: Db, token: string, now = Date.now()): Promise<boolean> =>
  Boolean(await usable(db, token, now).first('token_hash'));

/**
 * Uses an invitation up, in the transaction of who joins with it: of those who come at once, one gets in.
 * @throws Refusal 422 on `invite`
 */
export async function takeInvitation(trx: Db, token: string, now = Date.now()): Promise<void> {
  const taken = await usable(trx, token, now).update({ used_at: now });
  if (!taken) throw new Refusal(422, 'invite', token ? 'join.invite_over' : 'join.invite_needed', { field: 'invite' });
}

/** Invitations that nobody can use any more, a month later. */
export const sweepInvitations = (db: Db, now = Date.now()) =>
  db('invitations')
    .where('expires_at', '<=', now - 30 * DAY)
    .delete();
