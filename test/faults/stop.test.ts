import { request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '../../src/db/index.ts';
import { listen } from '../support/events.ts';
import { childrenOf, holdsOpen, isAlive, until } from '../support/imaging.ts';
import { picture } from '../support/pictures.ts';
import { freePort, spawnSite, startProcess, type SiteProcess } from '../support/process.ts';
import { becomeMember, startTestSite, Visitor, type Member, type TestSite } from '../support/site.ts';
import { Ledger } from './ledger.ts';

const plainAddress = (base: string) => base.replace('https://localhost', 'http://127.0.0.1');

/** Takes most of a second to encode: long enough to be met at it. Drawn once, before anybody waits for it. */
const slow = picture({ format: 'webp', frames: 40, width: 400, height: 300, seed: 301 });

describe('a site that is told to stop while people save', () => {
  let site: SiteProcess;
  let ann: Visitor;

  beforeEach(async () => {
    site = await startProcess({ TLS: 'off' });
    ann = new Visitor(plainAddress(site.base));
    await becomeMember(ann, 'ann');
  });
  afterEach(() => site.end());

  const media = () => join(site.folder, 'data', 'media');

  const send = async (title: string) =>
    ann.post('/images/create', { title }, { json: true, file: { bytes: await slow } }).then(
      ({ status }) => status,
      () => 'cut' as const,
    );

  /** The imaging child, once it has the picture of somebody who waits. */
  const atWork = () =>
    until('a picture in the child', async () => {
      for (const child of await childrenOf(site.child.pid)) if (await holdsOpen(child, media())) return child;
      return undefined;
    });

  /** Stops it; answers how it ended, and after how many milliseconds. */
  async function stop() {
    const began = performance.now();
    const children = await childrenOf(site.child.pid);
    const ended = once(site.child, 'exit');
    site.child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    for (const child of children) expect(await isAlive(child)).toBe(false);
    return { code, ms: performance.now() - began };
  }

  async function expectKept(title: string, answered: number | 'cut') {
    const ledger = new Ledger(join(site.folder, 'data'));
    expect(await ledger.faults()).toEqual([]);
    expect(await ledger.temporary()).toEqual([]);
    if (answered === 201) expect(await ledger.saved(title)).toHaveLength(1);
    await ledger.close();
  }

  test('finishes the save that is under way, and ends with 0 and no child left', async () => {
    const answer = send('one');
    await atWork();
    expect(await stop()).toMatchObject({ code: 0 });
    expect(await answer).toBe(201);
    await expectKept('one', 201);
  });

  test('ends its event streams at once: nobody waits for those who only listen', async () => {
    const { body } = await ann.post('/images/create', {}, { json: true, file: { bytes: await slow } });
    const { id } = body.image as { id: number };
    const db = openDb({ url: `sqlite:${join(site.folder, 'data', 'bowerbird.sqlite')}` });
    await until('the other sizes', () => db('images').where({ id, state: 'ready' }).first());
    await db('images').where({ id }).update({ state: 'pending' });
    await db.destroy();
    const stream = await listen(`${plainAddress(site.base)}/images/${id}/state`, { cookie: ann.cookie });
    await until('its first word', () => stream.told.length === 1);
    const { code, ms } = await stop();
    await stream.ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(4000);
  });

  test('cuts an upload that trickles when the time of grace is over, and still ends with 0 within ten seconds', async () => {
    const trickle = await trickling();
    const answer = send('two');
    await atWork();
    const { code, ms } = await stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(await trickle.ended).toBe('cut');
    await expectKept('two', await answer);
  });

  /** Begins an upload that says a byte now and then, and never its last. */
  async function trickling(): Promise<{ ended: Promise<string> }> {
    const bytes = await slow;
    const head = `--b\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`;
    const upload = request(`${plainAddress(site.base)}/images/create`, {
      method: 'POST',
      headers: {
        'content-type': 'multipart/form-data; boundary=b',
        'content-length': bytes.length + head.length + 9,
        cookie: ann.cookie,
      },
    });
    upload.write(head);
    let sent = 0;
    const drip = setInterval(() => upload.write(bytes.subarray(sent, ++sent)), 100);
    const ended = new Promise<string>((resolve) => {
      upload.on('error', () => resolve('cut'));
      upload.on('response', (answer) => resolve(String(answer.statusCode)));
    }).finally(() => clearInterval(drip));
    await until('the first bytes of it', async () => {
      const ledger = new Ledger(join(site.folder, 'data'));
      return (await ledger.temporary().finally(() => ledger.close())).length > 0;
    });
    return { ended };
  }
});

describe('two sites that are started at once', () => {
  test.each(['on the same port', 'with the same folder'])(
    '%s: the second says why in a sentence, and ends with 1',
    async (what) => {
      const folders = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'bowerbird-two-'))));
      const [mine = '', other = ''] = folders;
      const port = await freePort();
      const first = spawnSite(mine, port, { TLS: 'off' });
      await first.started;
      const samePort = what === 'on the same port';
      const second = samePort
        ? spawnSite(other, port, { TLS: 'off' })
        : spawnSite(mine, await freePort(), { TLS: 'off' });
      expect(await second.gone).toBe(1);
      const said = second
        .printed()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('{'));
      expect(said).toEqual([expect.stringMatching(samePort ? new RegExp(`^PORT.*${port}`) : /^DATA_DIR.*at work/)]);
      // The first has not noticed; and once it was killed, its folder is free at once.
      expect(first.child.exitCode).toBeNull();
      first.child.kill('SIGKILL');
      await first.gone;
      const third = spawnSite(mine, port, { TLS: 'off' });
      await third.started;
      third.child.kill('SIGKILL');
      await third.gone;
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
    120_000,
  );
});

describe('an imaging child that comes to grief while somebody saves', () => {
  let site: TestSite;
  let ann: Member;

  beforeEach(async () => {
    site = await startTestSite({}, 'sqlite', undefined, { imaging: { clocks: { still: 2500 } } });
    ann = await site.member();
  });
  afterEach(() => site.end());

  const send = (bytes: Buffer) => ann.post('/images/create', { title: 'grief' }, { json: true, file: { bytes } });
  const theChild = () => until('a child', async () => (await childrenOf())[0]);

  test('killed in the middle of it: another makes the picture, and the save is answered', async () => {
    const answer = send(await slow);
    const child = await theChild();
    await until('the picture in the child', () => holdsOpen(child, site.dataDir));
    process.kill(child, 'SIGKILL');
    expect((await answer).status).toBe(201);
    expect(await childrenOf()).not.toContain(child);
    await site.settled();
  });

  test('stopped for good: it is killed by the clock, and the save is answered', async () => {
    await ann.save();
    await site.settled();
    const child = await theChild();
    process.kill(child, 'SIGSTOP');
    expect((await send(await picture({ seed: 305 }))).status).toBe(201);
    expect(await childrenOf()).not.toContain(child);
  });
});
