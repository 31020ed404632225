import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { audit } from './audit.ts';
import { checkEmail, checkUsername, foldEmail, foldName } from './names.ts';
import { insertAccount } from './register.ts';

/** Who somebody is elsewhere. */
export interface IdentityKey {
  issuer: string;
  subject: string;
}

export interface LinkedIdentity extends IdentityKey {
  email: string;
  createdAt: number;
  usedAt: number;
}

/** The account that an identity opens; null for one that nobody has linked. Its last use is noted. */
export async function findByIdentity(
  db: Db,
  { issuer, subject }: IdentityKey,
  now = Date.now(),
): Promise<number | null> {
  const row = await db('identities').where({ issuer, subject }).first('account_id');
  if (!row) return null;
  await db('identities').where({ issuer, subject }).update({ used_at: now });
  return Number(row.account_id);
}

/** Lets an identity open an account; a Refusal when it opens another one. Linking twice is linking once. */
export async function linkIdentity(
  db: Db,
  accountId: number,
  { issuer, subject }: IdentityKey,
  email: string,
  now = Date.now(),
) {
  await db('identities')
    .insert({ issuer, subject, account_id: accountId, email, created_at: now, used_at: now })
    .onConflict(['issuer', 'subject'])
    .ignore();
  const row = await db('identities').where({ issuer, subject }).first('account_id');
  if (Number(row.account_id) !== accountId)
    throw new Refusal(422, 'taken', 'identity.other_account', { field: 'provider' });
}

export async function listIdentities(db: Db, accountId: number): Promise<LinkedIdentity[]> {
  const rows = await db('identities').where({ account_id: accountId }).orderBy(['issuer', 'created_at']);
  return rows.map(({ issuer, subject, email, created_at, used_at }) => ({
    issuer,
    subject,
    email,
    createdAt: created_at,
    usedAt: used_at,
  }));
}

/** Takes an issuer's identity away from an account; the last way in stays. */
export async function unlinkIdentity(db: Db, accountId: number, issuer: string) {
  await db.transaction(async (trx) => {
    const account = await trx('accounts').where({ id: accountId }).forUpdate().first('password_hash');
    const passkey = await trx('passkeys').where({ account_id: accountId }).first('account_id');
    const other = await trx('identities').where({ account_id: accountId }).whereNot({ issuer }).first('issuer');
    if (!account.password_hash && !passkey && !other)
      throw new Refusal(422, 'last_way', 'identity.last_way', { field: 'provider' });
    await trx('identities').where({ account_id: accountId, issuer }).delete();
  });
}

export interface Newcomer extends IdentityKey {
  username: string;
  email: string;
  emailConfirmed: boolean;
  /** From where they came, for the log. */
  address: string;
}

/**
 * Makes an account without a password for somebody who came by an identity, and links it. An email that has an account
 * already is refused and never linked: whoever has that address elsewhere need not be who has it here.
 */
export async function registerByIdentity(db: Db, newcomer: Newcomer, now = Date.now()): Promise<number> {
  const username = checkUsername(newcomer.username);
  const email = checkEmail(newcomer.email);
  const row = {
    username,
    username_key: foldName(username),
    email,
    email_key: foldEmail(email),
    email_confirmed_at: newcomer.emailConfirmed ? now : null,
    password_hash: null,
    created_at: now,
  };
  return db.transaction(async (trx) => {
    const id = await insertAccount(trx, row, now);
    await linkIdentity(trx, id, newcomer, email, now);
    const { address } = newcomer;
    await audit(trx, { accountId: id, act: 'registered', address, detail: { by: 'identity' } }, now);
    return id;
  });
}
