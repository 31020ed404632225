import { audit, barReturn, countPerson, dropDeletion, endOtherSessions, foldName, isGoing } from '../accounts/index.ts';
import type { Role } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { setOutOfSight } from './sight.ts';

/** Who did it, for the log: null is the operator at the command line. */
export interface By {
  accountId: number | null;
  address?: string;
}

/** An account as those see it who run the site. */
export interface Account {
  id: number;
  username: string;
  email: string;
  role: Role;
  disabled: boolean;
  createdAt: number;
}

const COLUMNS = ['id', 'username', 'email', 'role', 'disabled_at', 'created_at'] as const;

interface Row {
  id: number;
  username: string;
  email: string;
  role: Role;
  disabled_at: number | null;
  created_at: number;
}

const asAccount = ({ id, username, email, role, disabled_at, created_at }: Row): Account => ({
  id: Number(id),
  username,
  email,
  role,
  disabled: disabled_at !== null,
  createdAt: created_at,
});

/** Accounts in the order in which they came, `size` at a time: those after the number `after`. */
export async function listAccounts(db: Db, { after = 0, size = 100 } = {}): Promise<Account[]> {
  const rows: Row[] = await db('accounts')
    .where('id', '>', after)
    .orderBy('id')
    .limit(size)
    .select(...COLUMNS);
  return rows.map(asAccount);
}

/** The account of that name, disabled or not; a Refusal 404 when there is none. */
export async function findAccount(db: Db, username: string): Promise<Account> {
  const row: Row | undefined = await db('accounts')
    .where({ username_key: foldName(username) })
    .first(...COLUMNS);
  if (!row) throw notFound();
  return asAccount(row);
}

/** The account behind a number, disabled or not. */
export async function findAccountById(db: Db, id: number): Promise<Account | null> {
  const row: Row | undefined = await db('accounts')
    .where({ id })
    .first(...COLUMNS);
  return row ? asAccount(row) : null;
}

/**
 * Disables an account, or lets it in again. A disabled member is signed out everywhere with the commit, and their images are
 * nobody's to see until they are back. Doing either twice is doing it once.
 */
export async function setDisabled(db: Db, id: number, disabled: boolean, by: By, now = Date.now()) {
  await db.transaction(async (trx) => {
    if (await isGoing(trx, id)) return;
    const changed = await trx('accounts')
      .where({ id })
      .where((q) => (disabled ? q.whereNull('disabled_at') : q.whereNotNull('disabled_at')))
      .update({ disabled_at: disabled ? now : null });
    if (disabled) await barReturn(trx, id);
    else await dropDeletion(trx, id, { byOwner: false });
    if (!changed) return;
    await setOutOfSight(trx, id, disabled);
    await countPerson(trx, id, disabled ? -1 : 1);
    if (disabled) await endOtherSessions(trx, id, null);
    await audit(trx, { ...by, act: disabled ? 'disabled' : 'enabled', subject: String(id) });
  });
}

/** Gives an account another role; its sessions end, so that none goes on under the old one (ASVS 7.2.4). */
export async function setRole(db: Db, id: number, role: Role, by: By) {
  await db.transaction(async (trx) => {
    await trx('accounts').where({ id }).update({ role });
    await endOtherSessions(trx, id, null);
    await audit(trx, { ...by, act: 'promoted', subject: String(id), detail: { role } });
  });
}
