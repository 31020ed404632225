import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { refuseDisabled } from './deletions.ts';
import { foldEmail, foldName, isNameable } from './names.ts';
import { passwordIs } from './passwords.ts';
import { isWaiting } from './registrations.ts';

/** Checks the password of somebody who is signed in and is asked again. */
export async function confirmPassword(db: Db, accountId: number, password: string): Promise<void> {
  const account = await db('accounts').where({ id: accountId }).first('password_hash');
  if (await passwordIs(password, account?.password_hash ?? null)) return;
  throw new Refusal(401, 'wrong_password', 'again.wrong', { field: 'password' });
}

/** Whose account a name or an email is; null where it is nobody's. For the log: it is never told. */
export async function accountOf(db: Db, login: string): Promise<number | null> {
  const account = isNameable(login) ? await db('accounts').where(keyOf(login)).first('id') : undefined;
  return account ? Number(account.id) : null;
}

const keyOf = (login: string) =>
  login.includes('@') ? { email_key: foldEmail(login) } : { username_key: foldName(login.trim()) };

/** Whether the account has a password at all: who signs in elsewhere only has none. */
export const hasPassword = async (db: Db, accountId: number): Promise<boolean> =>
  Boolean((await db('accounts').where({ id: accountId }).first('password_hash'))?.password_hash);

/** Said only to whoever knows the password: others hear what everybody hears. */
const unconfirmed = () => new Refusal(401, 'unconfirmed', 'account.unconfirmed', { field: 'login' });

const wrong = () => new Refusal(401, 'wrong_login', 'account.wrong_login', { field: 'login' });

/**
 * The id of the account that a username or an email and its password open. Everything that is wrong sounds and takes the
 * same; that an account is disabled is said only to whoever knows its password.
 */
export async function checkCredentials(db: Db, login: string, password: string): Promise<number> {
  const account = isNameable(login)
    ? await db('accounts').where(keyOf(login)).first('id', 'password_hash', 'disabled_at')
    : undefined;
  const right = await passwordIs(password, account?.password_hash ?? null);
  if (!account || !right)
    throw isNameable(login) && (await isWaiting(db, keyOf(login), password)) ? unconfirmed() : wrong();
  await refuseDisabled(db, account);
  return Number(account.id);
}
