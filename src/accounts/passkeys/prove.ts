import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { isoBase64URL } from '@simplewebauthn/server/helpers';
import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { CHALLENGE_MS, takeChallenge } from './challenges.ts';
import type { Party } from './party.ts';

/** What the browser needs to sign with a passkey: one of an account's, or with null whichever the person has for the site. */
export async function askForPasskey(
  db: Db,
  party: Party,
  accountId: number | null,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const rows = accountId === null ? [] : await db('passkeys').where({ account_id: accountId }).select('credential_id');
  const allowCredentials = rows.map((row) => ({ id: String(row.credential_id) }));
  return generateAuthenticationOptions({
    rpID: party.id,
    timeout: CHALLENGE_MS,
    userVerification: 'required',
    ...(accountId === null ? {} : { allowCredentials }),
  });
}

export interface Proving {
  credential: unknown;
  challenge: string;
}

interface PasskeyRow {
  id: number;
  account_id: number;
  credential_id: string;
  public_key: string;
  counter: number;
  user_handle: string;
}

/**
 * Checks what a passkey has signed: the answer is the account it belongs to. A challenge is answered once, for this origin
 * and name, by somebody who unlocked the device; a counter that does not rise betrays a copy.
 */
export async function provePasskey(db: Db, party: Party, { credential, challenge }: Proving): Promise<number> {
  const response = credential as AuthenticationResponseJSON;
  const row = await findPasskey(db, response);
  if (!row || !(await takeChallenge(db, challenge))) throw wrong();
  const { newCounter, credentialBackedUp } = await verified(party, challenge, response, row);
  await db('passkeys')
    .where({ id: row.id })
    .update({ counter: newCounter, synced: credentialBackedUp, used_at: Date.now() });
  return Number(row.account_id);
}

const wrong = (cause?: unknown) => new Refusal(401, 'wrong_passkey', 'passkeys.wrong', { cause });

async function findPasskey(db: Db, response: AuthenticationResponseJSON | null): Promise<PasskeyRow | undefined> {
  const id: unknown = response?.id;
  if (typeof id !== 'string' || !/^[\w-]{1,1364}$/.test(id)) return undefined;
  const row = (await db('passkeys').where({ credential_id: id }).first()) as PasskeyRow | undefined;
  // Who signs in without a name is whom the authenticator says they are: both must mean the same account.
  const handle: unknown = response?.response?.userHandle;
  return handle === undefined || handle === null || handle === row?.user_handle ? row : undefined;
}

async function verified(party: Party, challenge: string, response: AuthenticationResponseJSON, row: PasskeyRow) {
  try {
    const { verified: right, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: row.credential_id,
        publicKey: isoBase64URL.toBuffer(row.public_key),
        counter: Number(row.counter),
      },
    });
    if (right) return authenticationInfo;
  } catch (error) {
    throw wrong(error);
  }
  throw wrong();
}
