import { parseAllow, parseDeny } from '../../src/net/index.ts';
import { startDns, type DnsServer } from '../support/dns.ts';
import { PIXEL, plantFetcher, type Planted, type Planting } from '../support/fetching.ts';
import { redirectTo, startOrigin, type Origin } from '../support/origin.ts';

const ZONE: Record<string, string[]> = {
  'nas.test': ['192.168.1.5'],
  'shared.test': ['100.64.1.1'],
  'metadata.test': ['169.254.169.254'],
  'alibaba.test': ['100.100.100.200'],
  'loop.test': ['127.0.0.1'],
  'public.test': ['93.184.215.14'],
  'both.test': ['93.184.215.14', '192.168.1.5'],
  nas: ['192.168.1.5'],
  'nas.local': ['192.168.1.5'],
};

let origin: Origin;
let dns: DnsServer;
const planted: Planted[] = [];

beforeAll(async () => {
  origin = await startOrigin({ '*': PIXEL });
  dns = await startDns((name) => ({ addresses: ZONE[name] ?? [] }));
});
afterEach(async () => {
  for (const one of planted.splice(0)) await one.end();
});
afterAll(() => Promise.all([origin.close(), dns.close()]));

async function plant(allow: string, more: Planting = {}): Promise<Planted> {
  const one = await plantFetcher({ dnsServers: [dns.address], detour: origin.port, allow, ...more });
  planted.push(one);
  return one;
}

describe('FETCH_ALLOW opens', () => {
  test.each([
    ['192.168.1.5', 'http://192.168.1.5/'],
    ['192.168.1.5', 'http://192.168.1.5:8080/'],
    ['192.168.1.5', 'http://0xc0a80105/'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8080/'],
    ['192.168.1.0/24', 'http://192.168.1.77/'],
    ['10.0.0.0/8, 192.168.0.0/16', 'http://192.168.1.5/'],
    ['fd00::/8', 'http://[fd12::1]/'],
    ['fd12::1', 'http://[fd12::1]/'],
    ['[fd12::1]:8443', 'http://[fd12::1]:8443/'],
    ['169.254.169.254', 'http://169.254.169.254/'],
    ['nas.test', 'http://nas.test/'],
    ['NAS.test.', 'http://nas.test:8080/'],
    ['nas.test:8080', 'http://nas.test:8080/'],
    ['shared.test', 'http://shared.test/'],
    ['both.test', 'http://both.test/'],
    ['nas', 'http://nas/'],
    ['nas.local', 'http://nas.local/'],
    // A listed address is open by whatever name leads to it.
    ['192.168.1.5', 'http://nas.test/'],
    ['192.168.1.5', 'http://nas/'],
    ['192.168.1.0/24', 'http://nas.local/'],
    ['192.168.1.5', 'http://both.test/'],
    // A listed port is open, also one that is otherwise refused.
    ['192.168.1.5:6379', 'http://192.168.1.5:6379/'],
    ['nas.test:5432', 'http://nas.test:5432/'],
    ['public.test:6000', 'http://public.test:6000/'],
    ['93.184.215.14:9000', 'http://public.test:9000/'],
  ])('%s: %s', async (allow, url) => {
    const one = await plant(allow, { ownPorts: [9000] });
    expect((await one.fetch(url)).bytes).toBe(PIXEL.length);
  });

  test('loopback, by address and by localhost, at the port that is listed', async () => {
    const one = await plant(origin.allow);
    for (const host of ['127.0.0.1', 'localhost', 'pictures.localhost', 'loop.test'])
      expect((await one.fetch(`http://${host}:${origin.port}/`)).bytes).toBe(PIXEL.length);
  });
});

describe('FETCH_ALLOW does not open', () => {
  test.each([
    ['192.168.1.5', 'http://192.168.1.6/'],
    ['192.168.1.5:8080', 'http://192.168.1.5/'],
    ['192.168.1.5:8080', 'http://192.168.1.5:8081/'],
    ['192.168.1.5', 'http://192.168.1.5:6379/'],
    ['192.168.1.0/24', 'http://192.168.2.1/'],
    ['127.0.0.1', 'http://127.0.0.2/'],
    ['127.0.0.1', 'http://[::ffff:127.0.0.1]/'],
    ['127.0.0.1', 'http://[::1]/'],
    ['nas.test', 'http://192.168.1.5/'],
    ['nas.test', 'http://x.nas.test/'],
    ['nas.test:8080', 'http://nas.test/'],
    ['nas.test', 'http://nas.test:6379/'],
    // A name never opens loopback, link-local or metadata.
    ['loop.test', 'http://loop.test/'],
    ['localhost', 'http://localhost/'],
    ['metadata.test', 'http://metadata.test/'],
    ['alibaba.test', 'http://alibaba.test/'],
    ['10.0.0.0/8', 'http://nas/'],
    ['192.168.1.5', 'http://user@192.168.1.5/'],
  ])('with %s: %s', async (allow, url) => {
    const one = await plant(allow);
    expect(['unreachable', 'bad_address']).toContain((await one.refusal(url)).code);
    expect(one.dials).toEqual([]);
  });
});

describe('a redirect', () => {
  test.each([
    ['from a public site to an allowed address', '192.168.1.5', 'http://public.test/go', 'http://192.168.1.5/'],
    ['from a public site to an allowed name', 'nas.test', 'http://public.test/go', 'http://nas.test/'],
    [
      'from a public site to an allowed port',
      'public.test:6000',
      'http://93.184.215.14/go',
      'http://public.test:6000/',
    ],
    ['from an allowed site to a private one that is not', 'nas.test', 'http://nas.test/go', 'http://10.0.0.1/'],
    ['from an allowed site to loopback', '192.168.1.5', 'http://192.168.1.5/go', 'http://127.0.0.1/'],
    ['from a public site to metadata', '', 'http://public.test/go', 'http://169.254.169.254/latest/'],
    ['from a public site to a port of databases', '', 'http://public.test/go', 'http://public.test:6379/'],
    ['with a password', '', 'http://public.test/go', 'http://user:pass@public.test/'],
    ['to a file', '', 'http://public.test/go', 'file:///etc/passwd'],
    ['to data:', '', 'http://public.test/go', 'data:image/png;base64,AAAA'],
  ])('%s is not followed', async (_what, allow, url, to) => {
    origin.routes['/go'] = redirectTo(to);
    const one = await plant(allow);
    expect((await one.refusal(url)).code).toBe('unreachable');
    expect(one.dials).toHaveLength(1);
  });

  test.each([
    ['from a public site to a public one', '', 'http://public.test/go', 'http://93.184.215.15/a.png'],
    ['from an allowed site to a public one', 'nas.test', 'http://nas.test/go', 'http://public.test/a.png'],
    ['from one allowed site to another', 'nas.test, 10.0.0.0/8', 'http://nas.test/go', 'http://10.0.0.1/a.png'],
    [
      'from a public site that is allowed to an allowed one',
      'public.test, nas.test',
      'http://public.test/go',
      'http://nas.test/a.png',
    ],
    ['to a path', '', 'http://public.test/go', '/a.png'],
  ])('%s is followed', async (_what, allow, url, to) => {
    origin.routes['/go'] = redirectTo(to);
    const one = await plant(allow);
    expect((await one.fetch(url)).url).toBe(new URL(to, url).href);
    expect(one.dials).toHaveLength(2);
  });

  test('over a public site does not lead back into the network', async () => {
    origin.routes['/go'] = redirectTo('http://public.test/on');
    origin.routes['/on'] = redirectTo('http://nas.test/a.png');
    const one = await plant('nas.test');
    expect((await one.refusal('http://nas.test/go')).code).toBe('unreachable');
    expect(one.dials).toEqual(['192.168.1.5 80', '93.184.215.14 80']);
  });
});

test.each([
  ['public.test', 'http://public.test/'],
  ['test', 'http://public.test/'],
  ['93.184.215.0/24', 'http://public.test/'],
  ['93.184.215.14:80', 'http://93.184.215.14/'],
  ['93.184.215.14', 'http://both.test/'],
])('FETCH_DENY=%s forbids %s, whatever is allowed', async (deny, url) => {
  const one = await plant('public.test, both.test, 192.168.1.5', { deny });
  expect((await one.refusal(url)).code).toBe('unreachable');
  expect(one.dials).toEqual([]);
});

test.each([
  'http://nas.test',
  'nas.test/',
  'nas test',
  '*',
  '*.test',
  '127.1',
  '0x7f.0.0.1',
  '256.0.0.1',
  '192.168.1.0/33',
  '192.168.1/24',
  '192.168.1.5:0',
  '192.168.1.5:70000',
  'nas.test:web',
  'fd00::/129',
  '[fd00::1',
  '[fd00::1]x',
  '[192.168.1.5]:80',
  'fe80::1%eth0',
  '-nas.test',
  'a..b',
  '192.168.1.0/24:80',
  ':80',
])('an entry like %j is named in the sentence that refuses it', (entry) => {
  expect(() => parseAllow(`nas.test, ${entry}`)).toThrow(`“${entry}”`);
  expect(() => parseDeny(entry)).toThrow(`“${entry}”`);
});

test('an empty list, and a comma too many, are no mistake', () => {
  expect(parseAllow('')).toEqual([]);
  expect(parseAllow(' , nas.test,')).toEqual([{ kind: 'name', name: 'nas.test', port: null }]);
});
