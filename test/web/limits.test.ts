import { Refusal } from '../../src/errors.ts';
import { createLimits, network } from '../../src/web/edge/limits.ts';

const refused = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  return error.status;
};

describe('the limits of a site', () => {
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

  test('LIMITS=off lifts them all', async () => {
    const { take } = createLimits(false);
    for (let i = 0; i < 100; i++) await take('register', 'ann');
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('%s is counted as %s', (address, counted) => expect(network(address)).toBe(counted));
});
