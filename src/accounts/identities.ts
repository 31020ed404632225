import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { audit } from './audit.ts';
import { checkEmail, checkUsername, foldEmail, foldName } from './names.ts';
import { insertAccount } from './register.ts';
import { tellOwner, type From } from './tell.ts';

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

/** An identity as it is linked: `name` is what members know its provider by. */
export interface NewIdentity extends IdentityKey {
  email: string;
  name: string;
}

/**
 * Lets an identity open an account, and tells its owner; a Refusal when it opens another one. Linking twice is linking once.
 */
export async function linkIdentity(db: Db, from: From, identity: NewIdentity, now = Date.now()): Promise<void> {
  const { accountId, address } = from;
  await db.transaction(async (trx) => {
    if (!(await insertIdentity(trx, accountId, identity, now))) return;
    await audit(trx, { accountId, act: 'identity_linked', subject: identity.issuer, address }, now);
    await tellOwner(trx, from, 'identity_linked', identity.name);
  });
}

/** False when the account had it already. */
async function insertIdentity(
  trx: Db,
  accountId: number,
  { issuer, subject, email }: IdentityKey & { email: string },
  now: number,
): Promise<boolean> {
  const made = await trx('identities')
    .insert({ issuer, subject, account_id: accountId, email, created_at: now, used_at: now })
    .onConflict(['issuer', 'subject'])
    .ignore()
    .returning('account_id');
  const row = await trx('identities').where({ issuer, subject }).first('account_id');
  if (Number(row.account_id) !== accountId)
    throw new Refusal(422, 'taken', 'identity.other_account', { field: 'provider' });
  return made.length > 0;
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

/** Takes an issuer's identity away from an account, and tells its owner; the last way in stays. */
export async function unlinkIdentity(db: Db, from: From, { issuer, name }: { issuer: string; name: string }) {
  const { accountId, address } = from;
  await db.transaction(async (trx) => {
    const account = await trx('accounts').where({ id: accountId }).forUpdate().first('password_hash');
    const passkey = await trx('passkeys').where({ account_id: accountId }).first('account_id');
    const other = await trx('identities').where({ account_id: accountId }).whereNot({ issuer }).first('issuer');
    if (!account.password_hash && !passkey && !other)
      throw new Refusal(422, 'last_way', 'identity.last_way', { field: 'provider' });
    if ((await trx('identities').where({ account_id: accountId, issuer }).delete()) === 0) return;
    await audit(trx, { accountId, act: 'identity_unlinked', subject: issuer, address });
    await tellOwner(trx, from, 'identity_unlinked', name);
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
    const { issuer, subject, address } = newcomer;
    await insertIdentity(trx, id, { issuer, subject, email }, now);
    await audit(trx, { accountId: id, act: 'registered', address, detail: { by: 'identity' } }, now);
    return id;
  });
}
