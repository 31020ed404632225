import { startTestSite, type TestSite } from '../support/site.ts';

const PROXIED = { 'X-Forwarded-For': '203.0.113.9' };

describe('/readyz', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await startTestSite({ METRICS_TOKEN: 'read-me' });
  });
  afterEach(() => site.end());

  const ask = async (headers: Record<string, string> = {}) => {
    const { status, text } = await site.visitor().get('/readyz', { headers });
    return { status, lines: text.trimEnd().split('\n') };
  };

  test('tells the operator of database, storage, queue and disk, and others no more than that it is ready', async () => {
    const told = {
      status: 200,
      lines: [
        'ready',
        'database\tok',
        'storage\tok',
        expect.stringMatching(/^queue\t\d+ waiting \(the oldest for \d+ s\), 0 given up$/),
        expect.stringMatching(/^disk\t(only )?[\d.]+ [MGT]B free/),
      ],
    };
    expect(await ask()).toEqual(told);
    expect(await ask({ ...PROXIED, Authorization: 'Bearer read-me' })).toEqual(told);
    expect(await ask(PROXIED)).toEqual({ status: 200, lines: ['ready'] });
  });

  test('a store that is away or does not answer is not ready; too little room keeps nobody from reading', async () => {
    const { storage } = site.site;
    storage.size = () => Promise.reject(new Error('EIO: the disk is gone'));
    expect(await ask(PROXIED)).toEqual({ status: 503, lines: ['not ready'] });
    const { lines } = await ask();
    expect(lines.slice(0, 3)).toEqual(['not ready', 'database\tok', 'storage\tdoes not answer: the log says why']);
    storage.size = () => new Promise(() => {});
    expect((await ask()).status).toBe(503);
    storage.size = async () => null;
    storage.free = async () => 900;
    expect(await ask()).toMatchObject({
      status: 200,
      lines: expect.arrayContaining(['disk\tonly 900 bytes free: make room now']),
    });
  });
});
