import { createPool } from '../../src/imaging/pool.ts';
import type { Place } from '../../src/imaging/place.ts';

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
  void pool.run(true, () => gate);
  const come = (name: string, urgent: boolean) => pool.run(urgent, async () => void order.push(name));
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

  test('goes on after work that failed', async () => {
    const { pool, order, come, open } = queue();
    const failing = pool.run(true, () => Promise.reject(new Error('broken')));
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
