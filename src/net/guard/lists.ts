import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { words } from '../../lib/words/index.ts';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = readonly [Address, number];

/** One entry of FETCH_ALLOW or FETCH_DENY: a host name, or a network (an address is a network of one). */
export type ListEntry =
  { kind: 'name'; name: string; port: number | null } | { kind: 'network'; network: Network; port: number | null };
export type AllowEntry = ListEntry;
export type DenyEntry = ListEntry;

/**
 * Reads FETCH_ALLOW: `name`, `name:port`, `ip`, `ip:port`, `cidr`, comma-separated; v6 bare, or `[::1]:8443` with a port.
 * @throws Error with a sentence that names the wrong entry
 */
export const parseAllow = (text: string): AllowEntry[] => parseList(text);

/** Reads FETCH_DENY, which is written like FETCH_ALLOW. A denied name covers the names under it, too. */
export const parseDeny = (text: string): DenyEntry[] => parseList(text);

function parseList(text: string): ListEntry[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '').map(parseEntry);
}

function parseEntry(entry: string): ListEntry {
  const read = readNetwork(entry) ?? readHost(entry);
  if (!read) throw new Error(words('fetch.wrong_entry', { entry }));
  return read;
}

function readNetwork(entry: string): ListEntry | null {
  if (!entry.includes('/')) return null;
  const strict =
    ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || (ipaddr.IPv6.isValidCIDR(entry) && !entry.includes('%'));
  return strict ? { kind: 'network', network: ipaddr.parseCIDR(entry), port: null } : null;
}

function readHost(entry: string): ListEntry | null {
  const bare = readAddress(entry);
  if (bare) return { kind: 'network', network: wholeOf(bare), port: null };
  const parts = /^(?:\[(?<v6>[^\]]*:[^\]]*)\]|(?<host>[^:[\]/]+))(?::(?<port>\d{1,5}))?$/.exec(entry)?.groups;
  const port = parts?.['port'] === undefined ? null : Number(parts['port']);
  if (!parts || (port !== null && (port < 1 || port > 65535))) return null;
  const address = readAddress(parts['v6'] ?? parts['host'] ?? '');
  if (address) return { kind: 'network', network: wholeOf(address), port };
  const name = readName(parts['host'] ?? '');
  return name === null ? null : { kind: 'name', name, port };
}

const wholeOf = (address: Address): Network => [address, address.kind() === 'ipv4' ? 32 : 128];

/** An address in its one plain spelling (four decimal parts, or v6 without zone), else null. */
export function readAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/** A host name in lower case, ASCII, without the dot at its end; null where it is none (also `127.1`, which is an address). */
export function readName(text: string): string | null {
  const name = domainToASCII(text).replace(/\.$/, '');
  const labels = name.split('.');
  const fits = name.length <= 253 && labels.every((part) => label.test(part));
  return fits && !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') ? name : null;
}

const opens = (entry: ListEntry, port: number) => entry.port === null || entry.port === port;

/** The entries that name this very host and fit the port. */
export const entriesForName = (list: readonly ListEntry[], name: string, port: number): ListEntry[] =>
  list.filter((entry) => entry.kind === 'name' && entry.name === name && opens(entry, port));

/** The entries whose network holds the address and that fit the port. A v4 network never holds a v6 address. */
export const entriesForAddress = (list: readonly ListEntry[], address: Address, port: number): ListEntry[] =>
  list.filter((entry) => entry.kind === 'network' && holds(entry.network, address) && opens(entry, port));

export const holds = ([base, bits]: Network, address: Address): boolean =>
  base.kind() === address.kind() && address.match(base, bits);

/** Whether a denied name is this host or one that it is under. */
export const deniesName = (list: readonly ListEntry[], name: string, port: number): boolean =>
  list.some(
    (entry) => entry.kind === 'name' && opens(entry, port) && (name === entry.name || name.endsWith(`.${entry.name}`)),
  );
