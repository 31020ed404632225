import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { refuseDisabled } from './deletions.ts';
import type { Hashing } from './hashing.ts';
import { foldEmail, foldName, isNameable } from './names.ts';

/** Checks the password of somebody who is signed in and is asked again. */
export async function confirmPassword(db: Db, hashing: Hashing, accountId: number, password: string): Promise<void> {
  const account = await db('accounts').where({ id: accountId }).first('id', 'password_hash');
  if (await opens(db, hashing, account, password)) return;
  throw new Refusal(401, 'wrong_password', 'again.wrong', { field: 'password' });
}

interface Locked {
  id: number;
  password_hash: string | null;
}

/**
 * Whether a password opens an account; none takes as long. A hash from a time when less was asked is made anew (ASVS 11.4.2),
 * unless the password was changed meanwhile.
 */
async function opens(db: Db, hashing: Hashing, account: Locked | undefined, password: string): Promise<boolean> {
  const { id, password_hash: stored = null } = account ?? {};
  if (!(await hashing.matches(password, stored))) return false;
  if (stored === null || !hashing.isWeak(stored)) return true;
  const anew = { password_hash: await hashing.hash(password) };
  await db('accounts').where({ id, password_hash: stored }).update(anew);
  return true;
}

/** Whose account a name or an email is; null where it is nobody's. For the log: it is never told. */
export async function accountOf(db: Db, login: string): Promise<number | null> {
  return (await findByLogin(db, login, Date.now())).account?.id ?? null;
}

/** Whether the account has a password at all: who signs in elsewhere only has none. */
export const hasPassword = async (db: Db, accountId: number): Promise<boolean> =>
  Boolean((await db('accounts').where({ id: accountId }).first('password_hash'))?.password_hash);

interface Found extends Locked {
  disabled_at: number | null;
  /** 1 for what is no account yet: its email is not confirmed. */
  waits: number;
}

/** One query, whoever it is: an account, and who waits with the same name or email, the newest first. */
const find = (key: 'email_key' | 'username_key') =>
  query<Found>(`
  SELECT id, password_hash, disabled_at, 0 AS waits FROM accounts WHERE ${key} = ?
  UNION ALL SELECT id, password_hash, NULL, 1 FROM registrations WHERE ${key} = ? AND expires_at > ?
  ORDER BY waits, id DESC LIMIT 2`);
const byEmail = find('email_key');
const byName = find('username_key');

async function findByLogin(
  db: Db,
  login: string,
  now: number,
): Promise<{ account?: Found | undefined; waiting?: Found | undefined }> {
  if (!isNameable(login)) return {};
  const email = login.includes('@');
  const key = email ? foldEmail(login) : foldName(login.trim());
  const rows = await (email ? byEmail : byName).all(db, [key, key, now]);
  return { account: rows.find(({ waits }) => !waits), waiting: rows.find(({ waits }) => waits) };
}

/** Said only to whoever knows the password: others hear what everybody hears. */
const unconfirmed = () => new Refusal(401, 'unconfirmed', 'account.unconfirmed', { field: 'login' });

const wrong = () => new Refusal(401, 'wrong_login', 'account.wrong_login', { field: 'login' });

/**
 * The id of the account that a username or an email and its password open. Everything that is wrong sounds and takes the
 * same; that an account is disabled is said only to whoever knows its password.
 */
export async function checkCredentials(
  db: Db,
  hashing: Hashing,
  login: string,
  password: string,
  now = Date.now(),
): Promise<number> {
  const { account, waiting } = await findByLogin(db, login, now);
  const right = await opens(db, hashing, account, password);
  if (!account || !right)
    // With an account or without: who waits with somebody else's email shall not hear whether it has one.
    throw waiting && (await hashing.matches(password, waiting.password_hash)) ? unconfirmed() : wrong();
  await refuseDisabled(db, account);
  return Number(account.id);
}
