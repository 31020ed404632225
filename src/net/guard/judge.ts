import { parseAnswer, reachOf, surroundings, type Interfaces, type Reach } from './address.ts';
import { forbidden } from './failure.ts';
import {
  deniesName,
  entriesForAddress,
  entriesForName,
  type Address,
  type AllowEntry,
  type DenyEntry,
  type ListEntry,
} from './lists.ts';
import { isBadPort } from './ports.ts';
import type { Names } from './resolve.ts';
import { isLocalhost, isPrivateName, type Target } from './target.ts';

export interface Rules {
  allow: readonly AllowEntry[];
  deny: readonly DenyEntry[];
  ownPorts: readonly number[];
  names: Names;
  interfaces: () => Interfaces;
}

/** A target that may be dialled, and at which addresses. */
export interface Verdict {
  addresses: readonly Address[];
  /** FETCH_ALLOW names it. */
  listed: boolean;
  /** Without FETCH_ALLOW it would be refused. */
  onlyByList: boolean;
}

/**
 * Decides whether a target may be dialled. The addresses in the verdict are the ones that were checked: whoever dials takes
 * these and never asks the name again.
 * @throws Unreachable with the reason for the log
 */
export async function judge(target: Target, rules: Rules, signal: AbortSignal): Promise<Verdict> {
  if (deniesName(rules.deny, target.host, target.port)) throw forbidden('a name in FETCH_DENY');
  const byName = target.literal ? [] : entriesForName(rules.allow, target.host, target.port);
  const addresses = await addressesOf(target, byName, rules, signal);
  const at = surroundings(rules.interfaces());
  const translations = addresses.some(isV6) ? await rules.names.translations(signal) : [];
  const found = addresses.map((address) => ({
    address,
    reach: reachOf(address, at, translations),
    entries: entriesForAddress(rules.allow, address, target.port),
  }));
  for (const { address, reach, entries } of found) {
    if (entriesForAddress(rules.deny, address, target.port).length > 0) throw forbidden('an address in FETCH_DENY');
    // One bad address refuses all: a mixed answer is an attack or a mistake.
    if (entries.length === 0 && !open(reach, byName)) throw forbidden(`${address.toString()}: ${reach.why}`);
  }
  const everyListed = found.every(({ entries }) => entries.length > 0);
  if (isHiddenName(target) && byName.length === 0 && !everyListed) throw forbidden('a name of private networks');
  const bad = isBadPort(target.port, rules.ownPorts);
  if (bad && !namesPort(byName) && !found.every(({ entries }) => namesPort(entries))) throw forbidden('a bad port');
  const listed = byName.length > 0 || everyListed;
  return {
    addresses,
    listed,
    onlyByList: bad || isHiddenName(target) || found.some(({ reach }) => reach.kind !== 'public'),
  };
}

const isV6 = (address: Address) => address.kind() === 'ipv6';
const isHiddenName = (target: Target) => !target.literal && isPrivateName(target.host);
const namesPort = (entries: readonly ListEntry[]) => entries.some(({ port }) => port !== null);
const open = (reach: Reach, byName: readonly ListEntry[]) =>
  reach.kind === 'public' || (reach.kind === 'private' && byName.length > 0);

async function addressesOf(
  target: Target,
  byName: readonly ListEntry[],
  { allow, names }: Rules,
  signal: AbortSignal,
): Promise<Address[]> {
  if (target.literal) return [target.literal];
  if (isLocalhost(target.host)) return loopback(target, allow);
  // A private name is asked for only where FETCH_ALLOW names it, or an address that it may lead to.
  const mayLead = allow.some(({ kind }) => kind === 'network') && !target.host.endsWith('.onion');
  if (isHiddenName(target) && byName.length === 0 && !mayLead) throw forbidden('a name of private networks');
  return (await names.addressesOf(target.host, signal)).map(parseAnswer);
}

/** `localhost` is this machine without asking anyone (RFC 6761), at those of its two addresses that FETCH_ALLOW holds. */
function loopback(target: Target, allow: readonly AllowEntry[]): Address[] {
  const both = ['127.0.0.1', '::1'].map(parseAnswer);
  const listed = both.filter((address) => entriesForAddress(allow, address, target.port).length > 0);
  if (listed.length === 0) throw forbidden('this machine itself');
  return listed;
}
