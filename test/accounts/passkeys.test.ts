import {
  addPasskey,
  askForNewPasskey,
  askForPasskey,
  CHALLENGE_MS,
  hasSecondFactor,
  listPasskeys,
  partyOf,
  provePasskey,
  removePasskey,
  renamePasskey,
  sweepChallenges,
  type Party,
} from '../../src/accounts/index.ts';
import type { Db } from '../../src/db/index.ts';
import { Authenticator } from '../support/authenticator.ts';
import { eachDatabase } from '../support/databases.ts';

const site = 'https://images.example.org';
const party = partyOf(site) as Party;

async function person(db: Db): Promise<number> {
  const names = { username: 'ann', username_key: 'ann', email: 'ann@example.org', email_key: 'ann@example.org' };
  const [made] = await db('accounts')
    .insert({ ...names, password_hash: 'x', created_at: 1 })
    .returning('id');
  return Number(made.id);
}

/** Somebody with a passkey on a device. */
async function keyed(db: Db) {
  const accountId = await person(db);
  const from = { accountId, address: '192.0.2.7', site };
  const device = new Authenticator(site);
  const options = await askForNewPasskey(db, party, { id: accountId, username: 'ann' });
  const { challenge, user } = options;
  const made = { credential: device.create(options), challenge, handle: user.id, name: 'My phone' };
  const id = await addPasskey(db, party, from, made);
  return { accountId, from, device, id };
}

eachDatabase((open) => {
  test('a passkey is added, signs in, is renamed and removed', async () => {
    const db = await open();
    const { accountId, from, device, id } = await keyed(db);
    expect(await hasSecondFactor(db, accountId)).toBe(true);
    const options = await askForPasskey(db, party, null);
    const proving = { credential: device.get(options), challenge: options.challenge };
    expect(await provePasskey(db, party, proving)).toBe(accountId);
    await renamePasskey(db, accountId, id, 'The blue key');
    const [passkey] = await listPasskeys(db, accountId);
    expect(passkey).toMatchObject({ id, name: 'The blue key', synced: false, usedAt: expect.any(Number) });
    expect(await removePasskey(db, from, id, false)).toBe('The blue key');
    expect(await hasSecondFactor(db, accountId)).toBe(false);
  });

  test('of twenty answers to one challenge one is taken', async () => {
    const db = await open();
    const { device } = await keyed(db);
    const options = await askForPasskey(db, party, null);
    const tries = Array.from({ length: 20 }, () => ({ credential: device.get(options), challenge: options.challenge }));
    const answers = await Promise.allSettled(tries.map((one) => provePasskey(db, party, one)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('challenges are struck off when they could not come again anyway, and not before', async () => {
    const db = await open();
    await keyed(db);
    expect(await sweepChallenges(db, Date.now() + CHALLENGE_MS)).toBe(0);
    expect(await sweepChallenges(db, Date.now() + 3 * CHALLENGE_MS)).toBe(1);
  });
});

test('passkeys are for a name, never for an address or without HTTPS', () => {
  expect(partyOf('https://localhost:9000')).toEqual({ id: 'localhost', origin: 'https://localhost:9000' });
  expect(partyOf('http://localhost:9000')?.id).toBe('localhost');
  for (const base of ['https://192.0.2.1', 'https://[2001:db8::1]:9000', 'http://images.example.org'])
    expect(partyOf(base)).toBeNull();
});
