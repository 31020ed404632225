import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import type { Vault } from '../lib/vault.ts';
import { audit } from './audit.ts';
import type { Hashing } from './hashing.ts';
import { codesLeft, makeCodes, replaceCodes, takeCode } from './recovery-codes.ts';
import { dropLinks } from './links.ts';
import { endOtherSessions } from './sessions.ts';
import { tellOwner, type From } from './tell.ts';
import { newSecret, stepOf } from './totp.ts';

/** How it stands with an account's second factor; the secret is told only while it is being set up. */
export type TwoFactor =
  { state: 'off' } | { state: 'begun'; secret: string } | { state: 'on'; since: number; codesLeft: number };

/** What secrets are kept with: the keys of apps are sealed, codes are hashed. */
export interface Keeping {
  vault: Vault;
  hashing: Hashing;
}

/** Whose secret it is: moved to another row it cannot be opened. */
export const about = (accountId: number) => `totp ${accountId}`;

export async function twoFactorOf(db: Db, vault: Vault, accountId: number): Promise<TwoFactor> {
  const row = await db('second_factors').where({ account_id: accountId }).first('secret', 'confirmed_at');
  if (!row) return { state: 'off' };
  if (row.confirmed_at !== null)
    return { state: 'on', since: Number(row.confirmed_at), codesLeft: await codesLeft(db, accountId) };
  const secret = vault.open(about(accountId), row.secret);
  return secret === null ? { state: 'off' } : { state: 'begun', secret };
}

export const hasTwoFactor = async (db: Db, accountId: number): Promise<boolean> =>
  Boolean(await db('second_factors').where({ account_id: accountId }).whereNotNull('confirmed_at').first('account_id'));

/** Makes a new secret that waits for its first code. Whoever has a second factor already turns it off first. */
export async function beginTwoFactor(db: Db, vault: Vault, accountId: number, now = Date.now()): Promise<string> {
  const secret = newSecret();
  const row = { secret: vault.seal(about(accountId), secret), created_at: now };
  const made = await db('second_factors')
    .insert({ account_id: accountId, ...row })
    .onConflict('account_id')
    .merge(row)
    .whereNull('second_factors.confirmed_at')
    .returning('account_id');
  if (made.length === 0) throw new Refusal(409, 'two_factor_on', 'two_factor.is_on');
  return secret;
}

/**
 * Turns the second factor on with the first code of the app: answers the recovery codes, which are told this once. Every
 * session of the account ends, also the one that asks: it goes on under a new id.
 */
export async function confirmTwoFactor(
  db: Db,
  { vault, hashing }: Keeping,
  from: From,
  code: string,
  now = Date.now(),
): Promise<string[]> {
  const { accountId } = from;
  const row = await db('second_factors').where({ account_id: accountId, confirmed_at: null }).first('secret');
  const secret = row ? vault.open(about(accountId), row.secret) : null;
  if (secret === null) throw new Refusal(409, 'not_begun', 'two_factor.not_begun');
  const digits = code.replaceAll(/\s/g, '');
  const step = stepOf(secret, digits, now);
  if (step === null) throw firstCodeWrong(secret, digits, now);
  const codes = await makeCodes(hashing);
  await db.transaction(async (trx) => {
    const sealed = { account_id: accountId, confirmed_at: null, secret: row.secret };
    const done = await trx('second_factors').where(sealed).update({ confirmed_at: now, last_step: step });
    if (done !== 1) throw new Refusal(409, 'two_factor_on', 'two_factor.is_on');
    await replaceCodes(trx, accountId, codes.rows);
    await afterwards(trx, from, 'two_factor_on', now);
  });
  return codes.shown;
}

/** A quarter of an hour to each side: enough to tell a wrong clock from a wrong code. */
const CLOCKS_APART = 30;

/** Whoever sets it up knows the secret, so they may be told that only the clock is wrong; at sign-in that would help to guess. */
function firstCodeWrong(secret: string, code: string, now: number): Refusal {
  const clock = stepOf(secret, code, now, CLOCKS_APART) !== null;
  return new Refusal(422, 'wrong_code', clock ? 'two_factor.clock' : 'two_factor.first_wrong', { field: 'code' });
}

/** Turns it off, or gives up setting it up; answers whether it was on. Then every session ends, and so do the recovery codes. */
export async function dropTwoFactor(db: Db, from: From, now = Date.now()): Promise<boolean> {
  const { accountId } = from;
  return db.transaction(async (trx) => {
    const wasOn = await hasTwoFactor(trx, accountId);
    await trx('second_factors').where({ account_id: accountId }).delete();
    await trx('recovery_codes').where({ account_id: accountId }).delete();
    if (!wasOn) return false;
    await afterwards(trx, from, 'two_factor_off', now);
    return true;
  });
}

/** What was opened with less than there is now ends (ASVS 7.4.3), and the owner is told. */
async function afterwards(trx: Db, from: From, act: 'two_factor_on' | 'two_factor_off', now: number) {
  const { accountId, address } = from;
  await endOtherSessions(trx, accountId, null);
  await dropLinks(trx, accountId);
  await audit(trx, { accountId, act, address }, now);
  await tellOwner(trx, from, act);
}

/** New recovery codes in the place of the old ones. */
export async function renewCodes(db: Db, hashing: Hashing, from: From): Promise<string[]> {
  const { accountId } = from;
  if (!(await hasTwoFactor(db, accountId))) throw new Refusal(409, 'not_begun', 'two_factor.not_begun');
  const codes = await makeCodes(hashing);
  await db.transaction(async (trx) => {
    await replaceCodes(trx, accountId, codes.rows);
    await tellOwner(trx, from, 'recovery_codes');
  });
  return codes.shown;
}

export type CodeKind = 'app' | 'recovery';

/** Checks the second proof at sign-in: a code of the app, each only once, or a recovery code. */
export async function checkCode(
  db: Db,
  { vault, hashing }: Keeping,
  accountId: number,
  typed: string,
  now = Date.now(),
): Promise<CodeKind> {
  const code = typed.replaceAll(/\s/g, '');
  if (/^\d{6}$/.test(code)) {
    if (await takeStep(db, vault, accountId, code, now)) return 'app';
  } else if (code.length <= 40 && (await takeCode(db, hashing, accountId, code, now))) return 'recovery';
  throw new Refusal(401, 'wrong_code', 'code.wrong', { field: 'code' });
}

async function takeStep(db: Db, vault: Vault, accountId: number, code: string, now: number): Promise<boolean> {
  const found = { account_id: accountId };
  const row = await db('second_factors').where(found).whereNotNull('confirmed_at').first('secret');
  const secret = row ? vault.open(about(accountId), row.secret) : null;
  const step = secret === null ? null : stepOf(secret, code, now);
  if (secret === null || step === null) return false;
  const anew = vault.isOld(row.secret) ? { secret: vault.seal(about(accountId), secret) } : {};
  // The same code sent twice at once: the step goes up for one of them.
  return (
    (await db('second_factors')
      .where(found)
      .andWhere('last_step', '<', step)
      .update({ last_step: step, ...anew })) === 1
  );
}
