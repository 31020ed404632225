import { peakDuring } from '../support/memory.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { becomeMember, Visitor } from '../support/site.ts';

const MB = 1024 * 1024;
const AT_ONCE = 5;

describe('pictures of 25 MB', () => {
  let site: SiteProcess;
  let origin: Origin;
  let ann: Visitor;
  let token: string;
  let seed = 0;
  let paths = 0;

  beforeAll(async () => {
    origin = await startOrigin();
    site = await startProcess({ TLS: 'off', LOG_LEVEL: 'warn', FETCH_ALLOW: origin.allow });
    ann = new Visitor(site.base.replace('https://localhost', 'http://127.0.0.1'));
    await becomeMember(ann, 'ann');
    token = await ann.token();
    // What is compiled, started and allocated once is no cost of a picture's.
    for (const send of [...(await uploads(3)), ...(await fetches(3))]) await send();
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  /** What follows a JPEG's end is no part of the picture. */
  async function file(): Promise<Buffer> {
    const jpeg = await picture({ seed: ++seed, width: 640, height: 480 });
    return Buffer.concat([jpeg, Buffer.alloc(25 * MB - jpeg.length)]);
  }

  const post = async (form: object, more: object) => {
    const answer = await ann.post('/images/create', { _csrf: token, ...form }, { json: true, token: null, ...more });
    expect([answer.status, answer.body.error]).toEqual([201, undefined]);
  };
  const many = <T>(count: number, make: () => Promise<T>) => Promise.all(Array.from({ length: count }, make));
  const uploads = (count: number) =>
    many(count, async () => {
      const bytes = await file();
      return () => post({}, { file: { bytes } });
    });
  const fetches = (count: number) =>
    many(count, async () => {
      const path = `/${++paths}.jpg`;
      origin.routes[path] = await file();
      return () => post({ url: origin.url + path }, {});
    });

  /**
   * The fewest megabytes of three tries that it cost: what V8 and the system give back or take at the same moment for other
   * reasons is no cost of it; a body held in memory would be there each time.
   */
  async function cost(make: () => Promise<(() => Promise<void>)[]>): Promise<number> {
    const costs: number[] = [];
    while (costs.length < 3 && !costs.some((cost) => cost < 2)) {
      const sends = await make();
      const { before, peak } = await peakDuring(site.child.pid ?? 0, () => Promise.all(sends.map((send) => send())));
      costs.push(peak - before);
    }
    return Math.min(...costs);
  }

  test('cost the serving process less than 10 MB each, sent or fetched, also several at once', async () => {
    expect(await cost(() => uploads(1))).toBeLessThan(10);
    expect(await cost(() => fetches(1))).toBeLessThan(10);
    expect((await cost(() => uploads(AT_ONCE))) / AT_ONCE).toBeLessThan(10);
    expect((await cost(() => fetches(AT_ONCE))) / AT_ONCE).toBeLessThan(10);
  });
});
