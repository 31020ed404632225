import { createPool } from '../../src/imaging/pool.ts';
import type { Place } from '../../src/imaging/place.ts';
import type { Watch } from '../../src/lib/line.ts';

const place = (): Place => ({
  hasChild: true,
  ask: () => Promise.reject(new Error('nobody asks here')),
  dismiss: () => Promise.resolve(),
  tidy: () => Promise.resolve(),
});

/** A pool of one place, which is taken until `open` is called; `order` says who had their turn. */
function queue() {
  const pool = createPool([place()]);
  const order: string[] = [];
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  void pool.run({ urgent: true, whose: 'first' }, () => gate);
  const come = (name: string, urgent: boolean, whose = 'ann', watch?: Watch) =>
    pool.run({ urgent, whose, watch }, async () => void order.push(name));
  return { pool, order, come, open };
}

describe('the queue before the children', () => {
  test('lets whoever waits for High go before what is made in the background', async () => {
    const { order, come, open } = queue();
    const all = [come('tiers 1', false), come('tiers 2', false), come('high 1', true), come('high 2', true)];
    open();
    await Promise.all(all);
    expect(order).toEqual(['high 1', 'high 2', 'tiers 1', 'tiers 2']);
  });

  test('never leaves the background waiting for ever', async () => {
    const { order, come, open } = queue();
    const all = [come('tiers', false), ...Array.from({ length: 30 }, (_, n) => come(`high ${n}`, true))];
    open();
    await Promise.all(all);
    expect(order.indexOf('tiers')).toBeGreaterThan(0);
    expect(order.indexOf('tiers')).toBeLessThan(10);
  });

  test('lets people take turns: one who sent fifty does not hold up whoever sends one', async () => {
    const { order, come, open } = queue();
    const many = Array.from({ length: 50 }, (_, n) => come(`ann ${n}`, true, 'ann'));
    const few = [come('bob 0', true, 'bob'), come('eve 0', true, 'eve'), come('bob 1', true, 'bob')];
    open();
    await Promise.all([...many, ...few]);
    expect(order.slice(0, 6)).toEqual(['ann 0', 'bob 0', 'eve 0', 'ann 1', 'bob 1', 'ann 2']);
    expect(order).toHaveLength(53);
  });

  test('tells each its place in the line, which is the one they then have', async () => {
    const { order, come, open } = queue();
    const places = new Map<string, () => number>();
    const begun: string[] = [];
    const watched = (name: string) => {
      const watch = {
        waits: (place: () => number) => void places.set(name, place),
        begins: () => void begun.push(name),
      };
      return come(name, true, name.split(' ')[0], watch);
    };
    const all = ['ann 0', 'ann 1', 'ann 2', 'ann 3', 'bob 0', 'eve 0', 'eve 1'].map(watched);
    const told = Object.fromEntries([...places].map(([name, place]) => [name, place()]));
    expect(told).toEqual({ 'ann 0': 1, 'bob 0': 2, 'eve 0': 3, 'ann 1': 4, 'eve 1': 5, 'ann 2': 6, 'ann 3': 7 });
    open();
    await Promise.all(all);
    const asTold = Object.keys(told).sort((a, b) => (told[a] ?? 0) - (told[b] ?? 0));
    expect(order).toEqual(asTold);
    expect(begun).toEqual(asTold);
    expect(places.get('ann 3')?.()).toBe(0);
  });

  test('tells nobody to wait where a child is free', async () => {
    const pool = createPool([place()]);
    const told: string[] = [];
    const watch = { waits: () => void told.push('waits'), begins: () => void told.push('begins') };
    await pool.run({ urgent: true, whose: 'ann', watch }, () => Promise.resolve());
    expect(told).toEqual(['begins']);
  });

  test('goes on after work that failed', async () => {
    const { pool, order, come, open } = queue();
    const failing = pool.run({ urgent: true, whose: 'bob' }, () => Promise.reject(new Error('broken')));
    const after = come('after', true);
    open();
    await expect(failing).rejects.toThrow('broken');
    await after;
    expect(order).toEqual(['after']);
  });

  test('tells people to come back when hundreds wait already', async () => {
    const { come, open } = queue();
    const waiting = Array.from({ length: 500 }, (_, n) => come(`high ${n}`, true));
    await expect(come('one more', true)).rejects.toMatchObject({ status: 503, code: 'busy', retryAfter: 60 });
    open();
    await Promise.all(waiting);
  });

  test('fails what waits when it is closed', async () => {
    const { pool, order, come, open } = queue();
    const waiting = come('high', true);
    const closing = pool.close();
    await expect(waiting).rejects.toThrow('closed');
    await expect(come('late', true)).rejects.toThrow('closed');
    open();
    await closing;
    expect(order).toEqual([]);
  });
});
