import {
  generateRegistrationOptions,
  verifyRegistrationResponse,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { randomBytes } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { audit } from '../audit.ts';
import { tellOwner, type From } from '../tell.ts';
import { CHALLENGE_MS, takeChallenge } from './challenges.ts';
import type { Party } from './party.ts';

/** More than anybody has devices; each is one more way in. */
const MOST = 20;

/** What the browser needs to make a passkey of an account. */
export async function askForNewPasskey(
  db: Db,
  party: Party,
  { id, username }: { id: number; username: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const there = await db('passkeys').where({ account_id: id }).select('credential_id', 'transports');
  if (there.length >= MOST) throw new Refusal(409, 'too_many', 'passkeys.too_many', { params: { max: MOST } });
  return generateRegistrationOptions({
    rpName: 'Bowerbird',
    rpID: party.id,
    userName: username,
    userDisplayName: username,
    userID: isoBase64URL.toBuffer(await handleOf(db, id)),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: there.map((row) => ({
      id: row.credential_id,
      transports: row.transports.split(' ').filter(Boolean),
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The account's random handle: one for all its passkeys, so that an authenticator knows them for the same person. */
async function handleOf(db: Db, accountId: number): Promise<string> {
  const row = await db('passkeys').where({ account_id: accountId }).first('user_handle');
  return row ? String(row.user_handle) : randomBytes(32).toString('base64url');
}

export interface NewPasskey {
  credential: unknown;
  challenge: string;
  /** The handle that went out with the challenge. */
  handle: string;
  name: string;
}

/** Keeps the passkey that a browser made; answers its number. */
export async function addPasskey(db: Db, party: Party, from: From, made: NewPasskey): Promise<number> {
  const { accountId, address } = from;
  if (!(await takeChallenge(db, made.challenge))) throw failed();
  const { credential, credentialBackedUp } = await verified(party, made);
  return db.transaction(async (trx) => {
    const kept = await trx('passkeys')
      .insert({
        account_id: accountId,
        credential_id: credential.id,
        public_key: isoBase64URL.fromBuffer(credential.publicKey),
        counter: credential.counter,
        user_handle: made.handle,
        transports: (credential.transports ?? []).join(' ').slice(0, 200),
        synced: credentialBackedUp,
        name: made.name,
        created_at: Date.now(),
      })
      .onConflict('credential_id')
      .ignore()
      .returning('id');
    if (!kept[0]) throw new Refusal(409, 'known', 'passkeys.known');
    await audit(trx, { accountId, act: 'passkey_added', subject: made.name, address });
    await tellOwner(trx, from, 'passkey_added', made.name);
    return Number(kept[0].id);
  });
}

const failed = (cause?: unknown) => new Refusal(422, 'wrong_passkey', 'passkeys.failed', { cause });

async function verified(party: Party, { credential, challenge }: NewPasskey) {
  const response = credential as RegistrationResponseJSON;
  try {
    refuseCertificates(response);
    const { verified: right, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    });
    if (right) return registrationInfo;
  } catch (error) {
    throw failed(error);
  }
  throw failed();
}

/**
 * We ask for no attestation. Whoever sends certificates all the same would make the library fetch the revocation lists that
 * they name, from any address: they are not looked at.
 */
function refuseCertificates({ response }: RegistrationResponseJSON) {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get('fmt');
  const self = format === 'packed' && attestation.get('attStmt').get('x5c') === undefined;
  if (format !== 'none' && !self) throw new Error(`attestation ${String(format)} was not asked for`);
}
