import { Refusal } from '../../src/errors.ts';
import { createLimits, network } from '../../src/web/edge/limits.ts';

const refused = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  return error.status;
};

describe('the limits of a site', () => {
  const wrong = () => Promise.reject(new Refusal(401, 'wrong_login', 'account.wrong_login'));
  const always = () => true;

  test('of twenty wrong tries sent at once, eight are looked at', async () => {
    const { attempt } = createLimits(true);
    let looked = 0;
    const tries = Array.from({ length: 20 }, () =>
      attempt('guess', 'ann', () => (looked++, wrong()), always).catch(refused),
    );
    expect((await Promise.all(tries)).sort()).toEqual([
      ...Array.from({ length: 8 }, () => 401),
      ...Array.from({ length: 12 }, () => 429),
    ]);
    expect(looked).toBe(8);
  });

  test('tries that were right are never counted, and none waits for those of others', async () => {
    const { attempt } = createLimits(true);
    for (let i = 0; i < 30; i++) expect(await attempt('guess', 'ann', () => Promise.resolve(i), always)).toBe(i);
    let open = () => {};
    const slow = attempt('guess', 'ann', () => new Promise<void>((resolve) => (open = resolve)), always);
    expect(await attempt('guess', 'bea', () => Promise.resolve('in'), always)).toBe('in');
    open();
    await slow;
  });

  test('what was given back can be taken again', async () => {
    const { take, giveBack } = createLimits(true);
    for (let i = 0; i < 200; i++) {
      await take('login', 'ann');
      await giveBack('login', 'ann');
    }
    for (let i = 0; i < 60; i++) await take('login', 'ann');
    expect(await take('login', 'ann').catch(refused)).toBe(429);
    await take('login', 'bea');
  });

  test('a fault of the work itself is no guess', async () => {
    const { attempt } = createLimits(true);
    const fault = () => Promise.reject(new Error('the database is away'));
    const isRefusal = (error: unknown) => error instanceof Refusal;
    for (let i = 0; i < 20; i++) await expect(attempt('guess', 'ann', fault, isRefusal)).rejects.toThrow('away');
  });

  test('LIMITS=off lifts them all', async () => {
    const { take, attempt } = createLimits(false);
    for (let i = 0; i < 100; i++) await take('register', 'ann');
    for (let i = 0; i < 20; i++) expect(await attempt('guess', 'ann', wrong, always).catch(refused)).toBe(401);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('%s is counted as %s', (address, counted) => expect(network(address)).toBe(counted));
});
