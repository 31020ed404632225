import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import ipaddr from 'ipaddr.js';
import { holds, readAddress, type Address, type Network } from './lists.ts';
import { translated, type Translation } from './nat64.ts';

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Where this machine stands: its own addresses, and the networks it reaches without a router. */
export interface Surroundings {
  own: readonly Address[];
  onLink: readonly Network[];
}

/** Read anew for each fetch, since a laptop moves and a lease ends. */
export function surroundings(interfaces: Interfaces = networkInterfaces()): Surroundings {
  const networks = Object.values(interfaces).flatMap((infos) =>
    (infos ?? []).flatMap(({ cidr }): Network[] => (cidr === null ? [] : [ipaddr.parseCIDR(cidr)])),
  );
  return { own: networks.map(([address]) => address), onLink: networks };
}

/**
 * How far an address reaches. `public` is open to all; `private` opens for a host that FETCH_ALLOW names; `never` opens
 * only where FETCH_ALLOW holds the address itself. `why` is for the log.
 */
export interface Reach {
  kind: 'public' | 'private' | 'never';
  why: string;
}

const reach = (kind: Reach['kind'], why: string): Reach => ({ kind, why });

/** Clouds hand out keys to their machines at these, and some lie where an address looks public or merely private. */
const METADATA = ['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'].map((text) =>
  ipaddr.parse(text),
);

/**
 * Allows what is known to be public and refuses the rest, since a list of what is forbidden is never finished
 * (security.md 2.2 and 2.3, rules 2 and 3).
 */
export function reachOf(address: Address, at: Surroundings, translations: readonly Translation[]): Reach {
  if (at.own.some((own) => same(own, address))) return reach('never', 'an address of this machine');
  if (METADATA.some((known) => same(known, address))) return reach('never', 'cloud metadata');
  const far = isV6(address) ? reachOfV6(address, at, translations) : reachOfV4(address);
  const near = far.kind === 'public' && at.onLink.some((network) => holds(network, address));
  return near ? reach('private', 'on this machine’s own network') : far;
}

function reachOfV4(address: ipaddr.IPv4): Reach {
  const range = address.range();
  if (range === 'unicast') return reach('public', range);
  return reach(range === 'private' || range === 'carrierGradeNat' ? 'private' : 'never', range);
}

const GLOBAL: Network = [ipaddr.IPv6.parse('2000::'), 3];
/** Teredo, ORCHID, benchmarks and other inventions of the IETF: nothing that serves images. */
const PROTOCOLS: Network = [ipaddr.IPv6.parse('2001::'), 23];

function reachOfV6(address: ipaddr.IPv6, at: Surroundings, translations: readonly Translation[]): Reach {
  const inner = translated(address, translations);
  if (inner) return reachOf(inner, at, []);
  const range = address.range();
  // ipaddr.js does not know this form, which carries an IPv4 address to whatever machine plays the router.
  if (isIsatap(address)) return reach('never', 'isatap');
  if (range === 'uniqueLocal') return reach('private', range);
  if (range !== 'unicast') return reach('never', range);
  // Among the rest are `::127.0.0.1` and all that nobody has been given yet.
  return holds(GLOBAL, address) && !holds(PROTOCOLS, address)
    ? reach('public', range)
    : reach('never', 'outside of the public IPv6 addresses');
}

function isIsatap(address: ipaddr.IPv6): boolean {
  const [, , , , first = 0, second = 0] = address.parts;
  return (first & 0xfdff) === 0 && second === 0x5efe;
}

const isV6 = (address: Address): address is ipaddr.IPv6 => address.kind() === 'ipv6';
const same = (one: Address, other: Address) => one.kind() === other.kind() && one.toString() === other.toString();

/** Parses what a resolver answered; what cannot be read is treated as the worst there is. */
export function parseAnswer(text: string): Address {
  return readAddress(text) ?? ipaddr.IPv4.parse('0.0.0.0');
}
