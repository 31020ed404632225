import { networkInterfaces } from 'node:os';
import { words } from '../../src/lib/words/index.ts';
import { startDns, type DnsServer } from '../support/dns.ts';
import { countConnections, PIXEL, plantFetcher, type Planted } from '../support/fetching.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { HOSTILE } from './hostile-addresses.ts';

let trap: Origin;
let dns: DnsServer;
let planted: Planted;

// The trap has an image for everyone: an address that gets through is not only dialled but saved.
beforeAll(async () => {
  trap = await startOrigin({ '*': PIXEL });
  dns = await startDns((name) => (name === 'ipv4only.arpa' ? {} : { addresses: ['127.0.0.1', '::1'] }));
  planted = await plantFetcher({ detour: trap.port, dnsServers: [dns.address], ownPorts: [9000] });
});
afterAll(async () => {
  await planted.end();
  await Promise.all([trap.close(), dns.close()]);
});

const unreachable = words('fetch.unreachable');
const said = new Set([unreachable, words('fetch.bad_address'), words('fetch.credentials')]);

test('the table holds more than three hundred hostile addresses, none twice', () => {
  const all = Object.values(HOSTILE).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(300);
});

describe.each(Object.entries(HOSTILE))('%s', (_kind, addresses) => {
  const shown = addresses.map((address) => [JSON.stringify(address).slice(0, 80), address] as const);
  test.each(shown)('%s is refused and nothing is dialled', async (_shown, address) => {
    const connections = countConnections();
    const refusal = await planted.refusal(address.replaceAll('PORT', String(trap.port)));
    connections.stop();
    expect(refusal.status).toBe(422);
    expect(refusal.field).toBeUndefined();
    expect(said).toContain(refusal.message);
    expect([planted.dials, connections.count(), trap.connections]).toEqual([[], 0, 0]);
    expect(await planted.files()).toEqual([]);
  });
});

test('the trap would have caught them: a public address does lead to it', async () => {
  const other = await plantFetcher({ detour: trap.port });
  const connections = countConnections();
  await other.fetch('http://93.184.215.14/bait.png');
  connections.stop();
  expect([other.dials, connections.count(), trap.connections]).toEqual([['93.184.215.14 80'], 1, 1]);
  await other.end();
});

test('every address of this very machine is refused, with any port', async () => {
  const machine = await plantFetcher({ interfaces: networkInterfaces, dnsServers: [dns.address] });
  for (const { address } of Object.values(networkInterfaces()).flatMap((infos) => infos ?? [])) {
    const host = address.includes(':') ? `[${address}]` : address;
    expect((await machine.refusal(`http://${host}:8080/`)).message).toBe(unreachable);
  }
  expect(machine.dials).toEqual([]);
  await machine.end();
});

describe('on a machine with public addresses', () => {
  const info = (address: string, cidr: string) => ({
    address,
    cidr,
    netmask: '',
    mac: '00:00:00:00:00:00',
    internal: false,
  });
  const interfaces = () => ({
    eth0: [
      { ...info('93.184.215.14', '93.184.215.14/28'), family: 'IPv4' as const },
      { ...info('2606:4700:1:2::5', '2606:4700:1:2::5/64'), family: 'IPv6' as const, scopeid: 0 },
    ],
  });

  test.each(['93.184.215.14', '93.184.215.1', '[2606:4700:1:2::5]', '[2606:4700:1:2::99]', '[2606:4700:1:2:ffff::1]'])(
    '%s, its own or its neighbour’s, is refused',
    async (host) => {
      const home = await plantFetcher({ interfaces, dnsServers: [dns.address], detour: trap.port });
      expect((await home.refusal(`http://${host}/`)).code).toBe('unreachable');
      expect(home.dials).toEqual([]);
      await home.end();
    },
  );

  test.each(['93.184.215.30', '[2606:4700:1:3::5]'])('%s, behind the router, is fetched', async (host) => {
    const home = await plantFetcher({ interfaces, dnsServers: [dns.address], detour: trap.port });
    expect((await home.fetch(`http://${host}/`)).bytes).toBe(PIXEL.length);
    await home.end();
  });

  test('a neighbour opens when FETCH_ALLOW lists it, the machine itself only by its address', async () => {
    const named = await startDns((name) =>
      name === 'ipv4only.arpa' ? {} : { addresses: [name === 'nas.test' ? '2606:4700:1:2::99' : '93.184.215.14'] },
    );
    const home = await plantFetcher({
      interfaces,
      dnsServers: [named.address],
      detour: trap.port,
      allow: 'nas.test, self.test',
    });
    expect((await home.fetch('http://nas.test/')).bytes).toBe(PIXEL.length);
    expect((await home.refusal('http://self.test/')).code).toBe('unreachable');
    await home.end();
    await named.close();
  });
});
