import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPoison } from '../../src/imaging/poison.ts';
import { givenUp, tooHeavy } from '../../src/imaging/refusals.ts';

let home: string;
beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'poison-'))));
afterAll(() => rm(home, { recursive: true, force: true }));

let files = 0;
const put = async (content: string) => {
  const file = join(home, `file-${files++}`);
  await writeFile(file, content);
  return file;
};

describe('bytes that have killed', () => {
  test('are known under whatever name they come, with what was said of them; others of their length are not', async () => {
    const poison = createPoison();
    await poison.remember(await put('killer'), tooHeavy, 1000);
    expect((await poison.known(await put('killer')))?.message).toBe(tooHeavy().message);
    expect(await poison.known(await put('harmle'))).toBeUndefined();
    expect(await poison.known(await put('something else'))).toBeUndefined();
  });

  test('are forgotten when their time is over', async () => {
    let now = 1_000_000;
    const poison = createPoison(() => now);
    const file = await put('slow');
    await poison.remember(file, givenUp, 1000);
    now += 999;
    expect((await poison.known(file))?.code).toBe('broken');
    now += 1;
    expect(await poison.known(file)).toBeUndefined();
  });

  test('are remembered in a bounded number, the newest longest', async () => {
    const poison = createPoison();
    const all = await Promise.all(Array.from({ length: 1003 }, async (_, n) => put(`killer ${n}`)));
    for (const file of all) await poison.remember(file, givenUp, 1000_000);
    const known = async (n: number) => (await poison.known(all[n] ?? '')) !== undefined;
    expect([await known(2), await known(3), await known(1002)]).toEqual([false, true, true]);
  });
});
