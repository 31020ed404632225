import { words } from '../../src/lib/words/index.ts';
import { startDns, type DnsServer, type DnsZone } from '../support/dns.ts';
import { countConnections, PIXEL, plantFetcher, type Planted, type Planting } from '../support/fetching.ts';
import { startOrigin, type Origin } from '../support/origin.ts';

const PUBLIC = '93.184.215.14';
let origin: Origin;
let ending: Array<() => Promise<void>> = [];

beforeAll(async () => {
  origin = await startOrigin({ '*': PIXEL });
});
afterAll(() => origin.close());
afterEach(async () => {
  for (const end of ending) await end();
  ending = [];
});

/** A fetcher that asks a name server of its own; whatever it dials leads to the origin. */
async function plant(zone: DnsZone, more: Planting = {}): Promise<{ planted: Planted; dns: DnsServer }> {
  const dns = await startDns(zone);
  const planted = await plantFetcher({ dnsServers: [dns.address], detour: origin.port, ...more });
  ending.push(
    () => planted.end(),
    () => dns.close(),
  );
  return { planted, dns };
}

const answers =
  (...addresses: string[]): DnsZone =>
  (name) =>
    name === 'ipv4only.arpa' ? {} : { addresses };

describe('a name is refused, and nothing is dialled, when it answers', () => {
  const everyPrivate = [
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.0.0.5',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.1.1',
    '100.100.100.200',
    '168.63.129.16',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::127.0.0.1',
    '64:ff9b::8.8.8.8',
    '2002:7f00:1::',
    '2001::1',
    'fd00::1',
    'fe80::1',
    'ff02::1',
    '2606:4700::5efe:7f00:1',
    '2001:db8::1',
    '3fff::1',
  ];
  test.each(everyPrivate)('%s', async (address) => {
    const { planted } = await plant(answers(address));
    const connections = countConnections();
    expect((await planted.refusal('http://images.test/a.png')).message).toBe(words('fetch.unreachable'));
    connections.stop();
    expect([planted.dials, connections.count()]).toEqual([[], 0]);
    expect(planted.notes).toMatchObject([{ host: 'images.test', text: 'a fetch was forbidden' }]);
  });

  test.each([
    ['a public and a private address', [PUBLIC, '10.0.0.1']],
    ['a public one and loopback of IPv6', [PUBLIC, '::1']],
    [
      'a hundred public ones and a private one among them',
      [...Array.from({ length: 98 }, (_, n) => `93.184.215.${n}`), '10.0.0.1'],
    ],
    [
      '4,000 addresses, as many as an answer can carry',
      Array.from({ length: 4000 }, (_, n) => `93.184.${n >> 8}.${n & 255}`),
    ],
  ])('%s', async (_what, addresses) => {
    const { planted } = await plant(answers(...addresses));
    expect((await planted.refusal('http://images.test/')).code).toBe('unreachable');
    expect(planted.dials).toEqual([]);
  });

  test.each(['SERVFAIL', 'NXDOMAIN', 'REFUSED'] as const)('%s', async (code) => {
    const { planted } = await plant(() => ({ code }));
    expect((await planted.refusal('http://images.test/')).message).toBe(words('fetch.unreachable'));
  });

  test.each([
    ['nothing at all', 'silent'],
    ['bytes that are no answer', 'garbage'],
    ['only another name', { cname: 'other.test' }],
    ['no addresses', {}],
  ] as const)('%s', async (_what, answer) => {
    const { planted } = await plant(() => answer, { timeoutMs: 600 });
    expect((await planted.refusal('http://images.test/')).message).toBe(words('fetch.unreachable'));
    expect(planted.dials).toEqual([]);
  });

  test('an alias of a private host', async () => {
    const { planted } = await plant(() => ({ cname: 'inside.test', addresses: ['192.168.1.7'] }));
    expect((await planted.refusal('http://images.test/')).code).toBe('unreachable');
    expect(planted.dials).toEqual([]);
  });
});

test('a name is asked once, and what it answered is what is dialled: rebinding comes too late', async () => {
  const { planted, dns } = await plant((_name, _type, asked) => ({ addresses: [asked === 0 ? PUBLIC : '127.0.0.1'] }));
  await planted.fetch('http://rebind.test/a.png');
  expect(planted.dials).toEqual([`${PUBLIC} 80`]);
  expect(dns.questions.filter(({ type }) => type === 'A')).toHaveLength(1);
});

test('the next fetch asks again: no answer is kept beyond its request', async () => {
  const { planted } = await plant((_name, _type, asked) => ({ addresses: [asked === 0 ? PUBLIC : '127.0.0.1'] }));
  await planted.fetch('http://rebind.test/a.png');
  expect((await planted.refusal('http://rebind.test/a.png')).code).toBe('unreachable');
  expect(planted.dials).toEqual([`${PUBLIC} 80`]);
});

test('an alias of a public host is fetched under the name that was asked for', async () => {
  const { planted } = await plant(() => ({ cname: 'cdn.test', addresses: [PUBLIC] }));
  expect((await planted.fetch('http://images.test/a.png')).url).toBe('http://images.test/a.png');
  expect(origin.hits.at(-1)?.headers.host).toBe('images.test');
});

test('IPv6 that never answers does not keep IPv4 from being used', async () => {
  const { planted } = await plant((_name, type) => (type === 'AAAA' ? 'silent' : { addresses: [PUBLIC] }), {
    timeoutMs: 1500,
  });
  expect((await planted.fetch('http://images.test/')).bytes).toBe(PIXEL.length);
});

test('the dot at the end of a name changes nothing', async () => {
  const { planted } = await plant(answers(PUBLIC));
  expect((await planted.fetch('http://images.test./a.png')).url).toBe('http://images.test/a.png');
});

test('a name of private networks is not even asked for', async () => {
  const { planted, dns } = await plant(answers(PUBLIC));
  for (const name of ['intranet', 'nas.local', 'vault.internal', 'x.onion', 'router.home.arpa', 'a.localhost'])
    expect((await planted.refusal(`http://${name}/`)).code).toBe('unreachable');
  expect(dns.questions).toEqual([]);
});

describe('on a network that translates IPv6 to IPv4', () => {
  const through =
    (prefixed: string, ...addresses: string[]): DnsZone =>
    (name) =>
      name === 'ipv4only.arpa' ? { addresses: [prefixed] } : { addresses };

  test.each([
    ['64:ff9b::192.0.0.170', '64:ff9b::93.184.215.14', '64:ff9b::127.0.0.1'],
    ['2606:4700:64::192.0.0.171', '2606:4700:64::93.184.215.14', '2606:4700:64::10.0.0.1'],
    ['2606:4700:c000:aa::', '2606:4700:5db8:d70e::', '2606:4700:a9fe:a9fe::'],
    ['2606:4700:1:c000:0:aa00::', '2606:4700:1:5db8:d7:e00::', '2606:4700:1:c0a8:1:100::'],
    ['2606:4700:1:2:c0:0:aa00:0', '2606:4700:1:2:5d:b8d7:e00:0', '2606:4700:1:2:7f:0:100:0'],
  ])('that answers %s, a translated public address opens and a private one does not', async (prefix, good, bad) => {
    const { planted } = await plant(through(prefix, good));
    expect((await planted.fetch('http://images.test/')).bytes).toBe(PIXEL.length);
    const other = await plant(through(prefix, bad));
    expect((await other.planted.refusal('http://images.test/')).code).toBe('unreachable');
    expect(other.planted.dials).toEqual([]);
  });
});
