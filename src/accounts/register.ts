import { dialectOf, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { audit } from './audit.ts';
import { checkEmail, checkUsername, foldEmail, foldName } from './names.ts';
import { takeInvitation } from './invitations.ts';
import { countPerson } from './people-count.ts';
import { isKept } from './profile.ts';
import type { Hashing } from './hashing.ts';
import { checkPassword } from './passwords.ts';
import type { Language } from '../lib/words/index.ts';

export interface Registration {
  username: string;
  email: string;
  password: string;
  password2: string;
  /** The site's host name, which is no password either. */
  host?: string;
  /** From where it was sent, for the log. */
  address?: string;
  /** What they read, where it is not what everybody reads who says nothing. */
  language?: Language | null;
  /** The secret of an invitation, where one is needed; '' when none came. */
  invite?: string;
}

/**
 * Makes an account and answers its id. The first of a new site is its administrator. A taken name or email is a Refusal:
 * where emails are not confirmed there is no other way to tell a person why they cannot join.
 */
export async function register(db: Db, hashing: Hashing, form: Registration, now = Date.now()): Promise<number> {
  const row = await rowOf(hashing, form, now);
  return db.transaction(async (trx) => {
    const id = await insertAccount(trx, row, now);
    if (form.invite !== undefined) await takeInvitation(trx, form.invite, now);
    await audit(trx, { accountId: id, act: 'registered', address: form.address ?? '' }, now);
    return id;
  });
}

/** What an account, or the wish for one, begins with; a Refusal with everything that is wrong with the form. */
export async function rowOf(hashing: Hashing, form: Registration, now: number) {
  const { username, email } = checkAll(form);
  return {
    username,
    username_key: foldName(username),
    email,
    email_key: foldEmail(email),
    password_hash: await hashing.hash(form.password),
    language: form.language ?? null,
    created_at: now,
  };
}

/** A new account's row; a Refusal when its name or email is taken, or the name is kept for who had it a while ago. */
export async function insertAccount(trx: Db, row: Keys & Record<string, unknown>, now = Date.now()): Promise<number> {
  const first = await isFirst(trx);
  if (await isKept(trx, row.username_key, null, now))
    throw new Refusal(422, 'taken', 'profile.username_kept', { field: 'username' });
  const made = await trx('accounts')
    .insert({ ...row, role: first ? 'admin' : 'member' })
    .onConflict()
    .ignore()
    .returning('id');
  if (!made[0]) throw await whatIsTaken(trx, row);
  const id = Number(made[0].id);
  await countPerson(trx, id, 1);
  return id;
}

/** Whether nobody is here yet. On PostgreSQL those who ask at the same time wait for one another, or each would be the first. */
export async function isFirst(trx: Db): Promise<boolean> {
  const nobody = async () => !(await trx('accounts').first('id'));
  if (dialectOf(trx) === 'sqlite' || !(await nobody())) return nobody();
  await trx.raw('LOCK TABLE accounts IN SHARE ROW EXCLUSIVE MODE');
  return nobody();
}

/** Everything that is wrong with the form at once, each at its field. */
function checkAll(form: Registration): { username: string; email: string } {
  const wrong: Refusal[] = [];
  const attempt = (check: () => string): string => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      wrong.push(error);
      return '';
    }
  };
  const username = attempt(() => checkUsername(form.username));
  const email = attempt(() => checkEmail(form.email));
  attempt(() => checkPassword(form.password, form.password2, [form.username, form.email, form.host ?? '']));
  const [first, ...others] = wrong;
  if (first) throw first.with(others);
  return { username, email };
}

export const usernameTaken = () => new Refusal(422, 'taken', 'account.username_taken', { field: 'username' });

type Keys = Record<'username_key' | 'email_key', string>;

async function whatIsTaken(db: Db, { username_key, email_key }: Keys): Promise<Refusal> {
  const name = await db('accounts').where({ username_key }).first('id');
  const address = await db('accounts').where({ email_key }).first('id');
  const taken = new Refusal(422, 'taken', 'account.email_taken', { field: 'email' });
  if (!name) return taken;
  return usernameTaken().with(address ? [taken] : []);
}
