import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '../../src/errors.ts';
import { PIXEL, plantFetcher, until, type Planted, type Planting } from '../support/fetching.ts';
import { startOrigin, type Origin } from '../support/origin.ts';

/** Several machines, so that no host's own limit of two decides. */
const HOSTS = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];

describe('people who save from addresses at once', () => {
  let origins: Origin[];
  let one: Planted;
  /** Requests that wait for their answer, by path and in the order they came. */
  let held: { path: string; response: ServerResponse }[];
  const paths = () => held.map(({ path }) => path);

  beforeEach(async () => {
    held = [];
    const hold = (request: IncomingMessage, response: ServerResponse) =>
      void held.push({ path: request.url ?? '', response });
    origins = await Promise.all(HOSTS.map((host) => startOrigin({ '*': hold }, { host })));
  });
  afterEach(async () => {
    await one.end();
    await Promise.all(origins.map((origin) => origin.close()));
  });

  const plant = async (more: Planting = {}) =>
    (one = await plantFetcher({ allow: origins.map(({ allow }) => allow).join(), ...more }));
  const fetch = (whose: string, n: number, more = {}) =>
    one.fetch(`${origins[n % HOSTS.length]?.url}/${whose}-${n}`, { whose, ...more });
  const answerAll = () => held.splice(0).forEach(({ response }) => response.end(PIXEL));

  test('have two each under way, and the others wait', async () => {
    await plant();
    const all = [0, 1, 2, 3].map((n) => fetch('ann', n));
    await until(() => held.length === 2);
    const bob = fetch('bob', 2);
    await until(() => held.length === 3);
    expect(paths()).toEqual(expect.arrayContaining(['/ann-0', '/ann-1', '/bob-2']));
    answerAll();
    await until(() => held.length === 2);
    expect(paths()).toEqual(expect.arrayContaining(['/ann-2', '/ann-3']));
    answerAll();
    expect(await Promise.all([...all, bob])).toHaveLength(5);
  });

  test('take turns where the site has no more places, and know theirs', async () => {
    await plant({ gate: { most: 1 } });
    const first = fetch('ann', 0);
    await until(() => held.length === 1);
    const places: Record<string, () => number> = {};
    const watched = (whose: string, n: number) =>
      fetch(whose, n, {
        watch: { waits: (place: () => number) => void (places[`${whose}-${n}`] = place), begins() {} },
      });
    const rest = [watched('ann', 1), watched('ann', 2), watched('bob', 3)];
    await until(() => Object.keys(places).length === 3);
    expect(Object.values(places).map((place) => place())).toEqual([1, 3, 2]);
    const order: string[] = [];
    for (let n = 0; n < 4; n++) {
      await until(() => held.length === 1);
      order.push(...paths());
      answerAll();
    }
    await Promise.all([first, ...rest]);
    expect(order).toEqual(['/ann-0', '/ann-1', '/bob-3', '/ann-2']);
  });

  test('wait without their time running out, and are told when too many of theirs wait', async () => {
    await plant({ gate: { most: 1, waitingEach: 1 }, timeoutMs: 900 });
    const first = fetch('ann', 0);
    const second = fetch('ann', 1);
    const refused = await fetch('ann', 2).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 429, code: 'at_once', retryAfter: 10 });
    expect(refused).toBeInstanceOf(Refusal);
    // The first one uses up all its time; the second has its own all the same.
    await expect(first).rejects.toMatchObject({ code: 'unreachable' });
    await until(() => paths().includes('/ann-1'));
    answerAll();
    expect((await second).bytes).toBe(PIXEL.length);
  });

  test('leave the line when they give up, or when the site stops', async () => {
    await plant({ gate: { most: 1 } });
    const first = fetch('ann', 0);
    await until(() => held.length === 1);
    const patience = new AbortController();
    const second = fetch('bob', 1, { signal: patience.signal });
    const third = fetch('eve', 2);
    patience.abort(new Error('gave up'));
    await expect(second).rejects.toThrow('gave up');
    const failed = [first, third].map((fetched) => fetched.catch((error: Error) => error.message));
    await one.close();
    expect(await Promise.all(failed)).toEqual(['the fetcher is closing', 'the fetcher is closing']);
  });

  test('are told how many bytes are here, and of how many', async () => {
    await plant();
    const told: (number | null)[][] = [];
    const fetched = fetch('ann', 0, { progress: (...now: (number | null)[]) => void told.push(now) });
    await until(() => held.length === 1);
    const { response } = held[0] as { response: ServerResponse };
    response.writeHead(200, { 'content-length': PIXEL.length });
    response.write(PIXEL.subarray(0, 30));
    await until(() => told.length > 0);
    response.end(PIXEL.subarray(30));
    await fetched;
    expect([told[0], told.at(-1)]).toEqual([
      [30, PIXEL.length],
      [PIXEL.length, PIXEL.length],
    ]);
  });
});
