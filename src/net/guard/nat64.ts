import ipaddr from 'ipaddr.js';

/** A prefix under which the network itself translates IPv6 to IPv4 (RFC 6052). */
export interface Translation {
  network: readonly [ipaddr.IPv6, number];
  /** Where the four bytes of the IPv4 address stand. */
  at: readonly number[];
}

/** RFC 6052, 2.2: the byte 8 is always zero, so the shorter prefixes are interrupted there. */
const PLACES: readonly (readonly [number, readonly number[]])[] = [
  [32, [4, 5, 6, 7]],
  [40, [5, 6, 7, 9]],
  [48, [6, 7, 9, 10]],
  [56, [7, 9, 10, 11]],
  [64, [9, 10, 11, 12]],
  [96, [12, 13, 14, 15]],
];

/** The name that has only IPv4 addresses; an IPv6 answer for it was made by the network (RFC 7050). */
export const IPV4_ONLY = 'ipv4only.arpa';
const wellKnown = new Set(['192.0.0.170', '192.0.0.171']);

/** The translations that the answers for `ipv4only.arpa` betray. */
export function translationsIn(answers: readonly string[]): Translation[] {
  const addresses = answers.filter((answer) => ipaddr.IPv6.isValid(answer)).map((answer) => ipaddr.IPv6.parse(answer));
  return addresses.flatMap((address) =>
    PLACES.filter(([, at]) => wellKnown.has(bytesAt(address, at).toString())).map(([bits, at]) => ({
      network: [address, bits] as const,
      at,
    })),
  );
}

/** The IPv4 address that the network will dial for this one; null where it is not translated. */
export function translated(address: ipaddr.IPv6, translations: readonly Translation[]): ipaddr.IPv4 | null {
  const by = translations.find(({ network: [base, bits] }) => address.match(base, bits));
  return by ? bytesAt(address, by.at) : null;
}

function bytesAt(address: ipaddr.IPv6, at: readonly number[]): ipaddr.IPv4 {
  const bytes = address.toByteArray();
  return new ipaddr.IPv4(at.map((place) => bytes[place] ?? 0));
}
