import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { hashToken, randomToken } from '../lib/secret.ts';

/** What a link in a mail is for. */
export type Purpose = 'confirm' | 'reset' | 'email';

/** Whose link it is: an account's, or that of somebody who has asked for one. */
export type Whose = { accountId: number } | { registrationId: number };

export interface Link {
  purpose: Purpose;
  accountId: number | null;
  registrationId: number | null;
  newEmail: string | null;
}

/** How long a link in a mail can be followed. */
export const LINK_MS = 60 * 60 * 1000;

/** The link was used, or its hour is over, or there never was one: all the same to whoever follows it. */
export const linkOver = () => new Refusal(410, 'link_over', 'link.over');

/** Makes a link's secret: 256 random bits, of which the table keeps the hash alone. */
export async function makeLink(db: Db, purpose: Purpose, whose: Whose, newEmail: string | null, now = Date.now()) {
  const token = randomToken();
  await db('account_tokens').insert({
    token_hash: hashToken(token),
    purpose,
    ...('accountId' in whose ? { account_id: whose.accountId } : { registration_id: whose.registrationId }),
    new_email: newEmail,
    created_at: now,
    expires_at: now + LINK_MS,
  });
  return token;
}

const COLUMNS = ['purpose', 'account_id', 'registration_id', 'new_email'] as const;
type Row = Record<(typeof COLUMNS)[number], unknown>;

const usable = (db: Db, token: string, purposes: readonly Purpose[], now: number) =>
  db('account_tokens')
    .where({ token_hash: hashToken(token) })
    .whereIn('purpose', purposes)
    .whereNull('used_at')
    .where('expires_at', '>', now);

/** What a link would do. Looking does not use it up: programs that read mail follow links before people do. */
export async function findLink(db: Db, token: string, purposes: readonly Purpose[], now = Date.now()): Promise<Link> {
  return asLink(await usable(db, token, purposes, now).first(...COLUMNS));
}

/** Uses a link up: of those who come at once, one gets it, and the others are told that it is over. */
export async function takeLink(trx: Db, token: string, purposes: readonly Purpose[], now = Date.now()): Promise<Link> {
  const [row] = await usable(trx, token, purposes, now)
    .update({ used_at: now })
    .returning([...COLUMNS]);
  return asLink(row as Row | undefined);
}

function asLink(row: Row | undefined): Link {
  if (!row) throw linkOver();
  const number = (value: unknown) => (value === null ? null : Number(value));
  return {
    purpose: row.purpose as Purpose,
    accountId: number(row.account_id),
    registrationId: number(row.registration_id),
    newEmail: row.new_email as string | null,
  };
}

/** Takes the secret of a mail that was not sent back. */
export const dropLink = (db: Db, token: string) =>
  db('account_tokens')
    .where({ token_hash: hashToken(token) })
    .delete();

/** A new password ends every link that was under way, wherever it came from (ASVS 6.4.1). */
export const dropLinks = (db: Db, accountId: number) => db('account_tokens').where({ account_id: accountId }).delete();

/** Links that nobody can follow any more, and registrations that nobody confirmed. */
export async function sweepLinks(db: Db, now = Date.now()): Promise<number> {
  await db('registrations').where('expires_at', '<=', now).delete();
  return db('account_tokens').where('expires_at', '<=', now).delete();
}
