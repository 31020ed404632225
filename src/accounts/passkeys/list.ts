import type { Db } from '../../db/index.ts';
import { notFound, Refusal } from '../../errors.ts';
import { audit } from '../audit.ts';
import { tellOwner, type From } from '../tell.ts';
import { hasTwoFactor } from '../two-factor.ts';

/** A passkey as its owner sees it. */
export interface Passkey {
  id: number;
  name: string;
  /** Whether it is copied to the person's other devices. */
  synced: boolean;
  createdAt: number;
  usedAt: number | null;
}

const MAX_NAME = 60;

export async function listPasskeys(db: Db, accountId: number): Promise<Passkey[]> {
  const rows = await db('passkeys')
    .where({ account_id: accountId })
    .orderBy('id')
    .select('id', 'name', 'synced', 'created_at', 'used_at');
  return rows.map((row) => ({
    id: Number(row.id),
    name: String(row.name),
    synced: Boolean(row.synced),
    createdAt: Number(row.created_at),
    usedAt: row.used_at === null ? null : Number(row.used_at),
  }));
}

/** Checks what a passkey is to be called; `fallback` when nothing was said. */
export function checkPasskeyName(typed: string, fallback: string): string {
  const name = typed.trim().replaceAll(/\s+/g, ' ') || fallback;
  const params = { max: MAX_NAME, count: [...name].length };
  if (params.count > MAX_NAME) throw new Refusal(422, 'invalid', 'field.too_long', { field: 'name', params });
  if (/[\p{Cc}\p{Bidi_Control}]/u.test(name) || !name.isWellFormed())
    throw new Refusal(422, 'invalid', 'field.unprintable', { field: 'name' });
  return name;
}

/** Gives one's own passkey another name. */
export async function renamePasskey(db: Db, accountId: number, id: number, name: string): Promise<void> {
  const renamed = await db('passkeys').where({ account_id: accountId, id }).update({ name });
  if (renamed !== 1) throw notFound();
}

/**
 * Takes one's own passkey away, and answers its name.
 * @throws Refusal 409 when nothing would be left to sign in with, or the site asks for a second factor and this is the last
 */
export async function removePasskey(db: Db, from: From, id: number, required: boolean): Promise<string> {
  const { accountId, address } = from;
  return db.transaction(async (trx) => {
    const all = await trx('passkeys').where({ account_id: accountId }).forUpdate().select('id', 'name');
    const mine = all.find((row) => Number(row.id) === id);
    if (!mine) throw notFound();
    if (all.length === 1) await refuseIfLast(trx, accountId, required);
    await trx('passkeys').where({ id }).delete();
    await audit(trx, { accountId, act: 'passkey_removed', subject: mine.name, address });
    await tellOwner(trx, from, 'passkey_removed', String(mine.name));
    return String(mine.name);
  });
}

async function refuseIfLast(trx: Db, accountId: number, required: boolean) {
  const account = await trx('accounts').where({ id: accountId }).first('password_hash');
  const elsewhere = await trx('identities').where({ account_id: accountId }).first('issuer');
  if (!account?.password_hash && !elsewhere) throw new Refusal(409, 'last_way', 'passkeys.last_way');
  if (required && !(await hasTwoFactor(trx, accountId))) throw new Refusal(409, 'required', 'passkeys.required');
}
