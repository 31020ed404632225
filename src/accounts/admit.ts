import { query, type Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { hashToken } from '../lib/secret.ts';

/** How somebody first showed who they are. A passkey is two factors by itself: the device, and the person it asked for. */
export type Proof = 'password' | 'passkey' | 'identity';

export interface Admitted {
  /** Whether a code is still to be given before there is a session. */
  needsCode: boolean;
  /** When the account goes, where its owner has asked for that and may still take it back; there is no session before. */
  leavingUntil: number | null;
  /** Changes with the password: what was begun with the old one is worth nothing after that. */
  stamp: string;
}

interface Row {
  password_hash: string | null;
  disabled_at: number | null;
  due_at: number | null;
  confirmed_at: number | null;
}

const find = query<Row>(`
  SELECT a.password_hash, a.disabled_at, d.due_at, f.confirmed_at FROM accounts a
  LEFT JOIN deletions d ON d.account_id = a.id AND d.begun_at IS NULL AND NOT d.barred
  LEFT JOIN second_factors f ON f.account_id = a.id
  WHERE a.id = ?`);

/**
 * Decides after the first proof, whichever way somebody came; there is no other way to a session.
 * @throws Refusal 401 when the account is disabled
 */
export async function admitAccount(db: Db, accountId: number, proof: Proof): Promise<Admitted> {
  const row = await find.first(db, [accountId]);
  if (!row) throw new Refusal(401, 'wrong_login', 'account.wrong_login', { field: 'login' });
  if (row.disabled_at !== null && row.due_at === null)
    throw new Refusal(401, 'disabled', 'account.disabled', { field: 'login' });
  return {
    needsCode: proof !== 'passkey' && row.confirmed_at !== null,
    leavingUntil: row.due_at,
    stamp: hashToken(String(row.password_hash)).slice(0, 22),
  };
}
