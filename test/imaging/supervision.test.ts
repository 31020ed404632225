import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createPlace } from '../../src/imaging/place.ts';
import type { Ask } from '../../src/imaging/protocol.ts';
import { silentLog } from '../../src/lib/log.ts';
import { childrenOf, holdsOpen, isAlive, openStudio, until } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';

let studio: Studio;
const open = async (options: Parameters<typeof openStudio>[0] = {}) => (studio = await openStudio(options));
afterEach(() => studio.close());

const anyChild = () => until('a child', async () => (await childrenOf())[0]);
/** Waits until a child, other than these, is in the middle of a picture. */
const childAtWork = (...others: number[]) =>
  until('a child at work', async () => {
    for (const pid of await childrenOf())
      if (!others.includes(pid) && (await holdsOpen(pid, `${studio.home}/source`))) return pid;
    return undefined;
  });

/** Takes most of a second to encode: long enough to be caught at it. */
let slow: Buffer;
beforeAll(async () => {
  slow = await picture({ format: 'webp', frames: 40, width: 400, height: 300 });
});

describe('the serving process', () => {
  const index = fileURLToPath(new URL('../../src/imaging/index.js', import.meta.url));

  test('never loads sharp', async () => {
    await open();
    const script = `await import(${JSON.stringify(index)}); console.log(process.report.getReport().sharedObjects.join('\\n'))`;
    const node = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const loaded = (await node.stdout.toArray()).join('');
    expect(loaded).toMatch(/libc\.so|libc-/);
    expect(loaded).not.toMatch(/vips|sharp/);
  });

  test('gives its child no secret, little memory, few files, and no wish to outlive others', async () => {
    await open();
    process.env['BOWERBIRD_TEST_SECRET'] = 'hush';
    await studio.inspect(await picture());
    const pid = await anyChild();
    const [environ, limits, oom] = await Promise.all(
      ['environ', 'limits', 'oom_score_adj'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1')),
    );
    const names = (environ ?? '')
      .split('\0')
      .filter(Boolean)
      .map((line) => line.split('=')[0]);
    expect(
      names.every((name) =>
        /^(PATH|LANG|PWD|OLDPWD|SHLVL|_|VIPS_DISC_THRESHOLD|MALLOC_ARENA_MAX|NODE_CHANNEL_.*)$/.test(name ?? ''),
      ),
    ).toBe(true);
    expect(limits).toMatch(new RegExp(`Max data size +${1024 << 20} `));
    expect(limits).toMatch(/Max core file size +0 /);
    expect(limits).toMatch(/Max open files +64 /);
    expect(Number(oom)).toBe(900);
    delete process.env['BOWERBIRD_TEST_SECRET'];
  });

  test('closes without leaving a child', async () => {
    await open();
    await Promise.all([studio.inspect(await picture()), studio.inspect(await picture({ seed: 2 }))]);
    const pids = await childrenOf();
    expect(pids.length).toBeGreaterThan(0);
    const file = await studio.put(await picture());
    await studio.imaging.close();
    expect(await childrenOf()).toEqual([]);
    await expect(studio.imaging.inspect(file, studio.folder)).rejects.toThrow('closed');
  });

  test('fails what is under way when it closes, and leaves no file', async () => {
    await open({ workers: 1 });
    const calls = [studio.inspect(slow), studio.inspect(await picture())].map((call) =>
      call.then(() => 'done', String),
    );
    await childAtWork();
    await studio.imaging.close();
    expect(await Promise.all(calls)).toEqual(['Error: imaging is closed', 'Error: imaging is closed']);
    expect(await studio.files()).toEqual([]);
  });
});

describe('a child is kept for the next picture, and not for ever', () => {
  test('the same one does the second picture', async () => {
    await open({ workers: 1 });
    await studio.inspect(await picture());
    const first = await anyChild();
    await studio.inspect(await picture({ seed: 2 }));
    expect(await childrenOf()).toEqual([first]);
  });

  const ask = { id: 1, file: '' } as Ask;
  const place = (memory: number) => {
    const started: string[] = [];
    const start = () => {
      started.push('');
      const answer = { say: 'failed', id: 1, code: '', message: '' } as const;
      const child = { pid: 1, death: undefined, lastWords: '', gone: Promise.resolve() };
      return { ...child, ask: async () => answer, memory: async () => memory, kill() {} };
    };
    return { started, ...createPlace({ idleMb: 300, log: silentLog, start }) };
  };

  test('after 200 pictures there is a fresh one', async () => {
    const { started, ask: put, tidy } = place(100);
    for (let n = 0; n < 401; n++) {
      await put(ask, () => {});
      await tidy();
    }
    expect(started.length).toBe(3);
  });

  test('and after each that leaves it grown', async () => {
    const { started, ask: put, tidy } = place(301);
    for (let n = 0; n < 3; n++) {
      await put(ask, () => {});
      await tidy();
    }
    expect(started.length).toBe(3);
  });
});

describe('a child that dies', () => {
  test('in the middle of its work is replaced, and the picture is taken all the same', async () => {
    await open({ workers: 1 });
    await studio.inspect(await picture());
    const first = await anyChild();
    const call = studio.inspect(slow);
    expect(await childAtWork()).toBe(first);
    process.kill(first, 'SIGKILL');
    expect((await call).facts.frames).toBe(40);
    const second = await anyChild();
    expect(second).not.toBe(first);
    expect(studio.logged.join()).toMatch(/imaging child died.*crash/);
    expect((await studio.files()).length).toBe(2);
  });

  test('while idle is no one’s trouble', async () => {
    await open({ workers: 1 });
    await studio.inspect(await picture());
    const first = await anyChild();
    process.kill(first, 'SIGKILL');
    await until('it is gone', async () => !(await isAlive(first)));
    expect((await studio.inspect(await picture({ seed: 9 }))).high.width).toBe(400);
  });

  test('twice over the same picture: a person is told, and nobody else is hurt', async () => {
    await open({ workers: 1 });
    const call = studio.refusalOf(slow);
    const after = studio.inspect(await picture());
    const first = await childAtWork();
    process.kill(first, 'SIGKILL');
    process.kill(await childAtWork(first), 'SIGKILL');
    expect(await call).toMatch(/^broken: This picture cannot be processed here/);
    expect((await after).high.width).toBe(400);
    // The same bytes again, as often as somebody likes, are told the same and cost no child.
    const [third] = await childrenOf();
    for (let again = 0; again < 3; again++)
      expect(await studio.refusalOf(slow)).toMatch(/^broken: This picture cannot be processed here/);
    expect(await childrenOf()).toEqual([third]);
    expect(studio.logged.filter((line) => line.includes('died'))).toHaveLength(2);
    expect(await studio.files()).toHaveLength(1);
  });

  test('when it hangs, by the clock: then a fresh one does the work', async () => {
    await open({ workers: 1, clocks: { still: 700 } });
    await studio.inspect(await picture());
    const first = await anyChild();
    process.kill(first, 'SIGSTOP');
    expect((await studio.inspect(await picture({ seed: 4 }))).high.width).toBe(400);
    expect(await isAlive(first)).toBe(false);
    expect(studio.logged.join()).toMatch(/clock/);
  });

  test('that cannot even start is a fault of ours, not of the picture', async () => {
    await open({ workers: 1, memoryMb: 8 });
    await expect(studio.inspect(await picture())).rejects.toMatchObject({ status: 503, code: 'busy', retryAfter: 60 });
    expect(studio.logged.join('\n')).toContain('imaging children do not start');
  });
});

describe('memory', () => {
  test('that a picture may not have is told as it is, never as damage', async () => {
    await open({ workers: 1, memoryMb: 200 });
    const heavy = await picture({ format: 'png', drawing: 'flat', progressive: true, width: 7000, height: 7000 });
    expect(await studio.refusalOf(heavy)).toMatch(
      /^(too_many_pixels: .*more memory|broken: .*cannot be processed here)/,
    );
    expect(await studio.refusalOf(await picture())).toBe('taken');
  });
});

describe('many at once', () => {
  test('all come out right, with as many children as there may be', async () => {
    await open({ workers: 2 });
    const sizes = Array.from({ length: 20 }, (_, n) => 200 + n);
    const calls = sizes.map(async (width) => studio.inspect(await picture({ width, height: 150, seed: width })));
    const made = await Promise.all(calls);
    expect(made.map(({ facts, high }) => [facts.width, high.width])).toEqual(sizes.map((width) => [width, width]));
    expect(new Set(made.map(({ high }) => high.path)).size).toBe(20);
    expect((await childrenOf()).length).toBeLessThanOrEqual(2);
  });
});

test('after kill -9 of the serving process no child lives on', async () => {
  await open();
  const index = new URL('../../src/imaging/index.js', import.meta.url).href;
  const file = await studio.put(slow);
  const script = `
    const { createImaging } = await import(${JSON.stringify(index)});
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const limits = { maxPixels: 1e8, maxFrames: 500, minWidth: 1, minHeight: 1 };
    const imaging = createImaging({ workers: 1, limits, log });
    await imaging.inspect(${JSON.stringify(file)}, ${JSON.stringify(studio.folder)});
    console.log('up');
    for (;;) await imaging.inspect(${JSON.stringify(file)}, ${JSON.stringify(studio.folder)});`;
  const site = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(site.stdout, 'data');
  const child = await until('its child', async () => (await childrenOf(site.pid))[0]);
  await until('the child works', () => holdsOpen(child, file));
  site.kill('SIGKILL');
  await until('the child is gone', async () => !(await isAlive(child)));
});
