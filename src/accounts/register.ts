import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { checkEmail, checkUsername, foldEmail, foldName } from './names.ts';
import { checkPassword, hashPassword } from './passwords.ts';

export interface Registration {
  username: string;
  email: string;
  password: string;
  password2: string;
}

/**
 * Makes an account and answers its id. The first of a new site is its administrator. A taken name or email is a Refusal:
 * where emails are not confirmed there is no other way to tell a person why they cannot join.
 */
export async function register(db: Db, form: Registration, now = Date.now()): Promise<number> {
  const username = checkUsername(form.username);
  const email = checkEmail(form.email);
  checkPassword(form.password, form.password2, { username, email });
  const row = {
    username,
    username_key: foldName(username),
    email,
    email_key: foldEmail(email),
    password_hash: await hashPassword(form.password),
    created_at: now,
  };
  return db.transaction(async (trx) => {
    const first = !(await trx('accounts').first('id'));
    const made = await trx('accounts')
      .insert({ ...row, role: first ? 'admin' : 'member' })
      .onConflict()
      .ignore()
      .returning('id');
    if (made[0]) return Number(made[0].id);
    throw await whatIsTaken(trx, row);
  });
}

async function whatIsTaken(db: Db, { username_key }: { username_key: string }): Promise<Refusal> {
  const name = await db('accounts').where({ username_key }).first('id');
  return name
    ? new Refusal(422, 'taken', 'account.username_taken', { field: 'username' })
    : new Refusal(422, 'taken', 'account.email_taken', { field: 'email' });
}
