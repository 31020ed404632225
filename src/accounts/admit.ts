import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { hashToken } from '../lib/secret.ts';
import { refuseDisabled } from './deletions.ts';
import { hasTwoFactor } from './two-factor.ts';

/** How somebody first showed who they are. A passkey is two factors by itself: the device, and the person it asked for. */
export type Proof = 'password' | 'passkey' | 'identity';

export interface Admitted {
  /** Whether a code is still to be given before there is a session. */
  needsCode: boolean;
  /** Changes with the password: what was begun with the old one is worth nothing after that. */
  stamp: string;
}

/**
 * Decides after the first proof, whichever way somebody came; there is no other way to a session.
 * @throws Refusal 401 when the account is disabled
 */
export async function admitAccount(db: Db, accountId: number, proof: Proof): Promise<Admitted> {
  const account = await db('accounts').where({ id: accountId }).first('id', 'disabled_at', 'password_hash');
  if (!account) throw new Refusal(401, 'wrong_login', 'account.wrong_login', { field: 'login' });
  await refuseDisabled(db, account);
  const needsCode = proof !== 'passkey' && (await hasTwoFactor(db, accountId));
  return { needsCode, stamp: hashToken(String(account.password_hash)).slice(0, 22) };
}
