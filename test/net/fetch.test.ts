import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { words } from '../../src/lib/words/index.ts';
import { createPlaces } from '../../src/net/guard/places.ts';
import { makeAuthority, makeLeaf } from '../../src/net/tls/make.ts';
import { startDns, type DnsServer } from '../support/dns.ts';
import { PIXEL, plantFetcher, until, type Planted, type Planting } from '../support/fetching.ts';
import { redirectTo, startOrigin, type Origin } from '../support/origin.ts';

let origin: Origin;
const planted: Planted[] = [];

beforeAll(async () => {
  origin = await startOrigin({ '/image': PIXEL, '/moved': redirectTo('/image?a=1&b=%20') });
});
beforeEach(() => {
  origin.hits.length = 0;
  origin.busiest = 0;
});
afterEach(async () => {
  for (const one of planted.splice(0)) await one.end();
});
afterAll(() => origin.close());

async function plant(more: Planting = {}): Promise<Planted> {
  const one = await plantFetcher({ allow: origin.allow, ...more });
  planted.push(one);
  return one;
}

test('an image is in the file, byte for byte, with its length, hash and address', async () => {
  const one = await plant();
  const { file, ...fetched } = await one.fetch(`${origin.url}/moved#part`);
  const sha256 = createHash('sha256').update(PIXEL).digest('hex');
  expect(fetched).toEqual({ bytes: PIXEL.length, sha256, url: `${origin.url}/image?a=1&b=%20`, type: 'image/png' });
  expect(await readFile(file)).toEqual(PIXEL);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await until(() => origin.open === 0);
});

test('the site is asked as a browser would, without cookies and without the page’s path', async () => {
  origin.routes['/cookie'] = { headers: { location: '/image', 'set-cookie': 'a=b; Path=/' }, status: 302 };
  const one = await plant();
  await one.fetch(`${origin.url}/cookie`, { referer: 'http://page.example/secret/path?q=1' });
  for (const { method, headers } of origin.hits) {
    expect(method).toBe('GET');
    expect(headers).toMatchObject({
      host: origin.allow,
      referer: 'http://page.example/',
      'accept-encoding': 'identity',
      accept: expect.stringMatching(/^image\/avif,image\/webp,/),
      'user-agent': expect.stringMatching(/^Mozilla\/5\.0 /),
    });
    expect(Object.keys(headers)).not.toContain('cookie');
    expect(headers['user-agent']).not.toMatch(/bowerbird|undici|node/i);
  }
  expect(origin.hits).toHaveLength(2);
});

test.each([undefined, 'https://page.example', 'data:text/html,x', 'no address'])(
  'a page like %j sends no Referer to plain HTTP',
  async (referer) => {
    const one = await plant();
    await one.fetch(`${origin.url}/image`, referer === undefined ? {} : { referer });
    expect(origin.hits[0]?.headers.referer).toBeUndefined();
  },
);

test('a proxy in the environment is not used', async () => {
  const proxy = await startOrigin({ '*': PIXEL });
  const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
  for (const name of names) process.env[name] = name === 'NODE_USE_ENV_PROXY' ? '1' : proxy.url;
  const one = await plant();
  await one.fetch(`${origin.url}/image`);
  for (const name of names) Reflect.deleteProperty(process.env, name);
  expect([proxy.connections, origin.hits.length]).toEqual([0, 1]);
  await proxy.close();
});

test('never more than two at once at one host, whatever its names', async () => {
  origin.routes['/slow'] = (_request, response) => void setTimeout(() => response.end(PIXEL), 40);
  const one = await plant();
  const hosts = ['127.0.0.1', 'localhost', 'a.localhost', '127.0.0.1', 'b.localhost', '127.1', 'c.localhost'];
  await Promise.all(hosts.map((host) => one.fetch(`http://${host}:${origin.port}/slow`)));
  expect([origin.hits.length, origin.busiest]).toEqual([7, 2]);
});

test('who gives up waiting for a place leaves the line, and the next one moves up', async () => {
  const places = createPlaces(1);
  const patient = new AbortController().signal;
  const hasty = new AbortController();
  const leave = await places.take('one.host', patient);
  const given = expect(places.take('one.host', hasty.signal)).rejects.toThrow('too long');
  const next = places.take('one.host', patient);
  const elsewhere = await places.take('other.host', patient);
  hasty.abort(new Error('too long'));
  await given;
  leave();
  leave();
  const leaveNext = await next;
  const last = places.take('one.host', patient);
  leaveNext();
  (await last)();
  elsewhere();
});

test('forbidden, unknown, closed and without TLS read the same and take no less than the floor', async () => {
  const dns = await startDns((name) => (name === 'inside.test' ? { addresses: ['10.0.0.1'] } : { code: 'NXDOMAIN' }));
  const one = await plant({ floorMs: 120, dnsServers: [dns.address], allow: `${origin.allow}, 127.0.0.1:1024` });
  const urls = [
    'http://10.0.0.1/',
    'http://inside.test/',
    'http://unknown.test/',
    'http://127.0.0.1:1024/',
    `https://${origin.allow}/`,
    'http://93.184.215.14:22/',
    'http://nas.local/',
  ];
  const seen = await Promise.all(
    urls.map(async (url) => {
      const began = performance.now();
      const { status, code, message } = await one.refusal(url);
      return { status, code, message, early: performance.now() - began < 119 };
    }),
  );
  const same = { status: 422, code: 'unreachable', message: words('fetch.unreachable'), early: false };
  expect(seen).toEqual(urls.map(() => same));
  expect(new Set(one.notes.map(({ reason }) => reason)).size).toBeGreaterThan(4);
  await dns.close();
});

test('the log names the host and the reason, never the path or the query', async () => {
  const one = await plant();
  await one.refusal('http://10.0.0.1/secret/path?token=secret');
  expect(one.notes).toEqual([
    {
      host: '10.0.0.1',
      port: 80,
      hops: 0,
      code: 'unreachable',
      reason: '10.0.0.1: private',
      text: 'a fetch was forbidden',
    },
  ]);
});

test('a caller who gives up gets the own reason back, and nothing stays open', async () => {
  origin.routes['/never'] = () => {};
  const one = await plant();
  const controller = new AbortController();
  const fetched = one.fetch(`${origin.url}/never`, { signal: controller.signal });
  const reason = new Error('the person left');
  const told = expect(fetched).rejects.toBe(reason);
  await until(() => origin.hits.length === 1);
  controller.abort(reason);
  await told;
  await until(() => origin.open === 0);
  await expect(one.fetch(`${origin.url}/image`, { signal: controller.signal })).rejects.toBe(reason);
});

test('closing ends what is going on', async () => {
  origin.routes['/never'] = () => {};
  const one = await plant();
  const told = expect(one.fetch(`${origin.url}/never`)).rejects.toThrow('the fetcher is closing');
  await until(() => origin.hits.length === 1);
  await one.close();
  await told;
  await until(() => origin.open === 0);
  await expect(one.fetch(`${origin.url}/image`)).rejects.toThrow('the fetcher is closed');
});

describe('over https', () => {
  let secure: Origin;
  let dns: DnsServer;
  let ca: string;

  beforeAll(async () => {
    const hosts = ['secure.test', '127.0.0.1'];
    const authority = await makeAuthority(hosts, new Date());
    ca = authority.cert;
    dns = await startDns(() => ({ addresses: ['127.0.0.1'] }));
    secure = await startOrigin(
      { '/image': PIXEL, '/down': redirectTo(`${origin.url}/image`) },
      { tls: await makeLeaf(authority, hosts, new Date()) },
    );
  });
  afterAll(() => Promise.all([secure.close(), dns.close()]));

  const plantSecure = (more: Planting = {}) =>
    plant({ allow: `${secure.allow}, ${origin.allow}`, dnsServers: [dns.address], ca: [ca], ...more });

  test.each(['secure.test', '127.0.0.1'])('%s is saved when its certificate is good', async (host) => {
    const one = await plantSecure();
    const { url } = await one.fetch(`https://${host}:${secure.port}/image`, { referer: 'https://page.example' });
    expect(url).toBe(`https://${host}:${secure.port}/image`);
    expect(secure.hits.at(-1)?.headers).toMatchObject({
      host: `${host}:${secure.port}`,
      referer: 'https://page.example/',
    });
  });

  test.each([
    ['its authority is unknown', 'secure.test', { ca: [] }],
    ['it is for another name', 'other.test', {}],
  ])('a certificate is refused when %s, and no question is asked', async (_why, host, more) => {
    const one = await plantSecure(more);
    const before = secure.hits.length;
    const refusal = await one.refusal(`https://${host}:${secure.port}/image`);
    expect(refusal.code).toBe('unreachable');
    expect(secure.hits.length).toBe(before);
    await until(() => secure.open === 0);
  });

  test('a redirect down to plain HTTP is not followed', async () => {
    const one = await plantSecure();
    expect((await one.refusal(`https://secure.test:${secure.port}/down`)).code).toBe('unreachable');
    expect(origin.hits).toEqual([]);
  });

  test('plain HTTP that asks for a secure port is refused', async () => {
    const one = await plantSecure();
    expect((await one.refusal(`http://secure.test:${secure.port}/image`)).code).toBe('unreachable');
  });
});
