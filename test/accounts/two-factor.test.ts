import { Secret, TOTP } from 'otpauth';
import {
  beginTwoFactor,
  checkCode,
  codesLeft,
  confirmTwoFactor,
  dropTwoFactor,
  renewCodes,
  twoFactorOf,
} from '../../src/accounts/index.ts';
import type { Db } from '../../src/db/index.ts';
import { createVault } from '../../src/lib/vault.ts';
import { eachDatabase } from '../support/databases.ts';
import { cheapHashing } from '../support/hashing.ts';

const vault = createVault(['the newest', 'an older one']);
const hashing = cheapHashing();
const keeping = { vault, hashing };
const NOW = Date.UTC(2026, 10, 23, 12, 0, 7);
const SECOND = 1000;

const codeAt = (secret: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

const from = (accountId: number) => ({ accountId, address: '192.0.2.7', site: 'https://localhost:9000' });

async function person(db: Db): Promise<number> {
  const names = { username: 'ann', username_key: 'ann', email: 'ann@example.org', email_key: 'ann@example.org' };
  const [made] = await db('accounts')
    .insert({ ...names, created_at: NOW })
    .returning('id');
  return Number(made.id);
}

/** Somebody whose second factor is on, with its secret and recovery codes. */
async function withTwoFactor(db: Db) {
  const accountId = await person(db);
  const secret = await beginTwoFactor(db, vault, accountId, NOW);
  const codes = await confirmTwoFactor(db, keeping, from(accountId), codeAt(secret, NOW), NOW);
  return { accountId, secret, codes };
}

eachDatabase((open) => {
  test('it is off, then being set up, then on with ten recovery codes, then off', async () => {
    const db = await open();
    const accountId = await person(db);
    expect(await twoFactorOf(db, vault, accountId)).toEqual({ state: 'off' });
    const secret = await beginTwoFactor(db, vault, accountId, NOW);
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
    expect(await twoFactorOf(db, vault, accountId)).toEqual({ state: 'begun', secret });
    const codes = await confirmTwoFactor(db, keeping, from(accountId), codeAt(secret, NOW), NOW);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[\da-hjkmnp-tv-z]{4}(-[\da-hjkmnp-tv-z]{4}){3}$/);
    expect(await twoFactorOf(db, vault, accountId)).toEqual({ state: 'on', since: NOW, codesLeft: 10 });
    expect(await dropTwoFactor(db, from(accountId))).toBe(true);
    expect(await twoFactorOf(db, vault, accountId)).toEqual({ state: 'off' });
    expect(await db('recovery_codes')).toEqual([]);
  });

  test('neither the secret nor a recovery code can be read in the database', async () => {
    const db = await open();
    const { secret, codes } = await withTwoFactor(db);
    const all = JSON.stringify([await db('second_factors'), await db('recovery_codes')]);
    expect(all).not.toContain(secret);
    for (const code of codes) expect(all).not.toContain(code.replaceAll('-', '').slice(4));
    expect(all).toContain('$argon2id$');
  });

  test('codes of clocks that are 30 s off pass, those of a minute and more do not', async () => {
    const db = await open();
    const { accountId, secret } = await withTwoFactor(db);
    const later = NOW + 600 * SECOND;
    for (const off of [-60, 60, 90])
      await expect(
        checkCode(db, keeping, accountId, codeAt(secret, later + off * SECOND), later),
      ).rejects.toMatchObject({
        code: 'wrong_code',
      });
    for (const off of [-30, 0, 30])
      expect(await checkCode(db, keeping, accountId, codeAt(secret, later + off * SECOND), later)).toBe('app');
  });

  test('a code counts once, and so does each that came before it', async () => {
    const db = await open();
    const { accountId, secret } = await withTwoFactor(db);
    await expect(checkCode(db, keeping, accountId, codeAt(secret, NOW), NOW)).rejects.toMatchObject({ status: 401 });
    const later = NOW + 90 * SECOND;
    expect(
      await checkCode(
        db,
        keeping,
        accountId,
        ` ${codeAt(secret, later).slice(0, 3)} ${codeAt(secret, later).slice(3)}`,
        later,
      ),
    ).toBe('app');
    for (const off of [0, -30])
      await expect(checkCode(db, keeping, accountId, codeAt(secret, later + off * SECOND), later)).rejects.toThrow();
  });

  test('of twenty who send the same code at once, one gets in', async () => {
    const db = await open();
    const { accountId, secret, codes } = await withTwoFactor(db);
    const later = NOW + 90 * SECOND;
    for (const code of [codeAt(secret, later), codes[0] ?? '']) {
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, () => checkCode(db, keeping, accountId, code, later)),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  test('a recovery code counts once, however it is typed; new ones put an end to the old', async () => {
    const db = await open();
    const { accountId, codes } = await withTwoFactor(db);
    const [first = '', second = ''] = codes;
    expect(
      await checkCode(db, keeping, accountId, first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O'), NOW),
    ).toBe('recovery');
    expect(await codesLeft(db, accountId)).toBe(9);
    await expect(checkCode(db, keeping, accountId, first, NOW)).rejects.toMatchObject({ code: 'wrong_code' });
    await renewCodes(db, hashing, from(accountId));
    expect(await codesLeft(db, accountId)).toBe(10);
    await expect(checkCode(db, keeping, accountId, second, NOW)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  test('nothing else is a code', async () => {
    const db = await open();
    const { accountId } = await withTwoFactor(db);
    for (const code of ['', '12345', '1234567', 'x'.repeat(16), 'a'.repeat(4000), '\0\0\0\0\0\0', '١٢٣٤٥٦', '🙂🙂🙂🙂'])
      await expect(checkCode(db, keeping, accountId, code, NOW)).rejects.toMatchObject({
        code: 'wrong_code',
        field: 'code',
      });
    await expect(checkCode(db, keeping, accountId + 1, '123456', NOW)).rejects.toMatchObject({ code: 'wrong_code' });
  });

  test('while it is being set up nothing is asked, and a wrong clock is told from a wrong code', async () => {
    const db = await open();
    const accountId = await person(db);
    const secret = await beginTwoFactor(db, vault, accountId, NOW);
    await expect(checkCode(db, keeping, accountId, codeAt(secret, NOW), NOW)).rejects.toMatchObject({
      code: 'wrong_code',
    });
    const confirm = (code: string) => confirmTwoFactor(db, keeping, from(accountId), code, NOW);
    await expect(confirm(codeAt(secret, NOW + 300 * SECOND))).rejects.toMatchObject({
      said: { key: 'two_factor.clock' },
    });
    await expect(confirm('abcdef')).rejects.toMatchObject({ said: { key: 'two_factor.first_wrong' } });
    const anew = await beginTwoFactor(db, vault, accountId, NOW);
    await expect(confirm(codeAt(secret, NOW))).rejects.toMatchObject({ said: { key: 'two_factor.first_wrong' } });
    await confirm(codeAt(anew, NOW));
    await expect(confirm(codeAt(anew, NOW))).rejects.toMatchObject({ status: 409 });
    await expect(beginTwoFactor(db, vault, accountId, NOW)).rejects.toMatchObject({ code: 'two_factor_on' });
  });

  test('the secret is read with an older key, and sealed with the newest when it is next used', async () => {
    const db = await open();
    const old = createVault(['an older one']);
    const accountId = await person(db);
    const secret = await beginTwoFactor(db, old, accountId, NOW);
    await confirmTwoFactor(db, { vault: old, hashing }, from(accountId), codeAt(secret, NOW), NOW);
    const later = NOW + 60 * SECOND;
    expect(await checkCode(db, keeping, accountId, codeAt(secret, later), later)).toBe('app');
    const { secret: sealed } = await db('second_factors').first('secret');
    expect(vault.isOld(sealed)).toBe(false);
    expect(createVault(['the newest']).open(`totp ${accountId}`, sealed)).toBe(secret);
  });
});
