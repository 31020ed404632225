import { jest } from '@jest/globals';
import { Refusal } from '../../src/errors.ts';
import { createLimits } from '../../src/web/edge/limits.ts';

const wrong = () => Promise.reject(new Refusal(401, 'wrong_login', 'account.wrong_login'));
const right = () => Promise.resolve('in');

describe('guessing', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Somebody at an address: answers 401, the wait in seconds, or `in`. */
  const somebody = (limits = createLimits(true)) => {
    const said = (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error.status === 429 ? `wait ${error.retryAfter}` : error.status;
    };
    const guess =
      (kind: 'password' | 'code' | 'link' | 'token') =>
      (account: string | null, address: string, work: () => Promise<unknown> = wrong) =>
        limits.guess(kind, { account, address }, work).catch(said);
    return { limits, password: guess('password'), code: guess('code'), link: guess('link') };
  };
  const pass = (seconds: number) => void jest.advanceTimersByTime(seconds * 1000 + 1);
  const times = async (n: number, act: (i: number) => Promise<unknown>) => {
    for (let i = 0; i < n; i++) await act(i);
  };

  test('waits double with each wrong password, up to a quarter of an hour', async () => {
    const { password } = somebody();
    await times(8, () => password('ann', '192.0.2.1'));
    const waits = [];
    for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 900]) {
      waits.push(await password('ann', '192.0.2.1', right));
      pass(wait);
      expect(await password('ann', '192.0.2.1')).toBe(401);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900].map((wait) => `wait ${wait}`));
  });

  test('who got it right begins anew, and after an hour so does everybody', async () => {
    const { password } = somebody();
    await times(7, () => password('ann', '192.0.2.1'));
    expect(await password('ann', '192.0.2.1', right)).toBe('in');
    await times(7, () => password('ann', '192.0.2.1'));
    expect(await password('ann', '192.0.2.1')).toBe(401);
    expect(await password('ann', '192.0.2.1')).toBe('wait 5');
    pass(3600);
    await times(7, () => password('ann', '192.0.2.1'));
    expect(await password('ann', '192.0.2.1')).toBe(401);
  });

  test('a network that tries many names waits with all of them, and no other network does', async () => {
    const { password } = somebody();
    await times(40, (i) => password(`name ${i}`, `2001:db8:0:1::${i.toString(16)}`));
    expect(await password('ann', '2001:db8:0:1:ffff::1', right)).toBe('wait 5');
    expect(await password('ann', '2001:db8:0:2::1', right)).toBe('in');
  });

  test('when many networks guess at one account each has one try, and its owner comes in from anywhere', async () => {
    const { password } = somebody();
    await times(31, (i) => password('ann', `192.0.2.${i}`));
    expect(await password('ann', '198.51.100.1')).toBe(401);
    expect(await password('ann', '198.51.100.1')).toBe('wait 5');
    expect(await password('ann', '198.51.100.2', right)).toBe('in');
    pass(5);
    expect(await password('ann', '198.51.100.1', right)).toBe('in');
  });

  test('what others guess makes nobody wait longer than a minute', async () => {
    const { password } = somebody();
    await times(31, (i) => password('ann', `192.0.2.${i}`));
    for (const wait of [5, 10, 20, 40, 60, 60]) {
      expect(await password('ann', '198.51.100.1')).toBe(401);
      expect(await password('ann', '198.51.100.1')).toBe(`wait ${wait}`);
      pass(wait);
    }
  });

  test('when the whole site is under fire, each has one try before the first wait', async () => {
    const { password } = somebody();
    await times(500, (i) => password(`name ${i}`, `10.0.${i >> 8}.${i & 255}`));
    expect(await password('ann', '198.51.100.1')).toBe(401);
    expect(await password('ann', '198.51.100.1')).toBe('wait 5');
    expect(await password('bea', '198.51.100.2', right)).toBe('in');
  });

  test('codes are counted for the account, wherever they come from: ten in a day take an hour', async () => {
    const { code } = somebody();
    await times(5, (i) => code('7', `192.0.2.${i}`));
    expect(await code('7', '198.51.100.1', right)).toBe('wait 5');
    for (const wait of [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560]) {
      pass(wait);
      expect(await code('7', '198.51.100.9')).toBe(401);
    }
    expect(await code('7', '198.51.100.3', right)).toBe('wait 3600');
    expect(await code('8', '198.51.100.3', right)).toBe('in');
  });

  test('what was guessed of one kind says nothing of another', async () => {
    const { password, link } = somebody();
    await times(9, () => password('ann', '192.0.2.1'));
    expect(await password('ann', '192.0.2.1')).toBe('wait 5');
    expect(await link(null, '192.0.2.1')).toBe(401);
  });

  test('of twenty wrong tries sent at once, eight are looked at', async () => {
    const { password } = somebody();
    let looked = 0;
    const tries = Array.from({ length: 20 }, () => password('ann', '192.0.2.1', () => (looked++, wrong())));
    expect((await Promise.all(tries)).filter((said) => said === 401)).toHaveLength(8);
    expect(looked).toBe(8);
  });

  test('tries that were right are never counted, and none waits for those of others', async () => {
    const { password } = somebody();
    await times(60, async () => expect(await password('ann', '192.0.2.1', right)).toBe('in'));
    let open = () => {};
    const slow = password('ann', '192.0.2.1', () => new Promise<void>((resolve) => (open = resolve)));
    expect(await password('bea', '192.0.2.1', right)).toBe('in');
    open();
    await slow;
  });

  test('a fault of the work itself is no guess, and a caller may say what is', async () => {
    const { limits } = somebody();
    const about = { account: 'ann', address: '192.0.2.1' };
    const fault = () => Promise.reject(new Error('the database is away'));
    for (let i = 0; i < 20; i++) await expect(limits.guess('password', about, fault)).rejects.toThrow('away');
    const gone = () => Promise.reject(new Refusal(404, 'not_found', 'error.not_found'));
    const tries = () => limits.guess('link', about, gone, () => true).catch((error: Refusal) => error.status);
    const said = [];
    for (let i = 0; i < 21; i++) said.push(await tries());
    expect(said.filter((status) => status === 404)).toHaveLength(20);
    expect(said.at(-1)).toBe(429);
  });

  test('LIMITS=off lifts them all', async () => {
    const { password } = somebody(createLimits(false));
    await times(50, async () => expect(await password('ann', '192.0.2.1')).toBe(401));
  });
});
