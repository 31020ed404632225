import { ACTS, audit, readLog, sweepLog } from '../../src/accounts/index.ts';
import { isWordKey } from '../../src/lib/words/index.ts';
import { eachDatabase } from '../support/databases.ts';

const DAY = 24 * 60 * 60 * 1000;

test('every act has its words', () => {
  expect(ACTS.filter((act) => !isWordKey(`log.act.${act}`))).toEqual([]);
});

eachDatabase((open) => {
  const member = async (db: Awaited<ReturnType<typeof open>>, name: string): Promise<number> => {
    const row = { username: name, username_key: name, email: name, email_key: name, created_at: 0 };
    const [made] = await db('accounts').insert(row).returning('id');
    return Number(made.id);
  };

  test('the log outlives the account, and says nothing of whose it was', async () => {
    const db = await open();
    const ann = await member(db, 'ann');
    await audit(db, { accountId: ann, act: 'signed_in', address: '192.0.2.1', detail: { by: 'password' } }, 5);
    expect((await readLog(db, ann, null)).entries).toMatchObject([{ username: 'ann', act: 'signed_in', at: 5 }]);
    await db('accounts').where({ id: ann }).delete();
    expect((await readLog(db, null, null)).entries).toMatchObject([{ username: null, address: '192.0.2.1' }]);
  });

  test('a long subject is cut between characters, and what rolls back is not recorded', async () => {
    const db = await open();
    const ann = await member(db, 'ann');
    await audit(db, { accountId: ann, act: 'token_made', subject: '🐦'.repeat(300) });
    const taken = db.transaction(async (trx) => {
      await audit(trx, { accountId: ann, act: 'token_revoked' });
      throw new Error('and back');
    });
    await expect(taken).rejects.toThrow('and back');
    const { entries } = await readLog(db, ann, null);
    expect(entries.map(({ act, subject }) => [act, subject])).toEqual([['token_made', '🐦'.repeat(200)]]);
  });

  test('what is over a year old is struck off, and nothing else', async () => {
    const db = await open();
    const now = 2_000_000_000_000;
    expect(await sweepLog(db, now)).toBe(0);
    for (const days of [800, 366, 364, 1])
      await audit(db, { accountId: null, act: 'sign_in_failed' }, now - days * DAY);
    expect(await sweepLog(db, now)).toBe(2);
    expect((await readLog(db, null, null)).entries.map(({ at }) => (now - at) / DAY)).toEqual([1, 364]);
    expect(await sweepLog(db, now + 2000 * DAY)).toBe(2);
  });

  test('somebody reads their own log alone', async () => {
    const db = await open();
    const [ann, bea] = [await member(db, 'ann'), await member(db, 'bea')];
    for (const accountId of [ann, bea, null]) await audit(db, { accountId, act: 'signed_in' });
    expect((await readLog(db, ann, null)).entries.map(({ username }) => username)).toEqual(['ann']);
    expect((await readLog(db, null, null)).entries.map(({ username }) => username)).toEqual([null, 'bea', 'ann']);
  });
});
