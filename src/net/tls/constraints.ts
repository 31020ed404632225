import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** OID of NameConstraints, RFC 5280 §4.2.1.10. @peculiar/x509 has no class for it, so its DER is written here. */
export const NAME_CONSTRAINTS = '2.5.29.30';

const SEQUENCE = 0x30;
const PERMITTED = 0xa0; // [0] permittedSubtrees
const DNS_NAME = 0x82; // GeneralName [2], an IA5String
const IP_ADDRESS = 0x87; // GeneralName [7]: address and mask, 8 or 32 bytes

function tlv(tag: number, ...parts: Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  const length = Buffer.alloc(3, 0x82);
  length.writeUInt16BE(value.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, value]);
}

function subtree(host: string): Buffer {
  if (!isIP(host)) return tlv(SEQUENCE, tlv(DNS_NAME, Buffer.from(host, 'ascii')));
  const address = Buffer.from(ipaddr.parse(host).toByteArray());
  return tlv(SEQUENCE, tlv(IP_ADDRESS, address, Buffer.alloc(address.length, 0xff)));
}

/**
 * NameConstraints ::= SEQUENCE { permittedSubtrees [0] SEQUENCE OF GeneralSubtree }, DER.
 * A name permits itself and what is below it (the standard knows no narrower form), an address itself alone.
 * Both kinds are always listed: a kind that is not listed at all would be unlimited.
 */
export const nameConstraints = (hosts: readonly string[]): Buffer =>
  tlv(SEQUENCE, tlv(PERMITTED, ...hosts.map(subtree)));

function* elements(der: Buffer): Generator<{ whole: Buffer; value: Buffer }> {
  for (let at = 0; at + 2 <= der.length;) {
    const first = der.readUInt8(at + 1);
    const width = first < 0x80 ? 0 : first & 0x7f;
    if (width > 2 || at + 2 + width > der.length) return;
    const length = width === 0 ? first : der.readUIntBE(at + 2, width);
    const start = at + 2 + width;
    yield { whole: der.subarray(at, start + length), value: der.subarray(start, start + length) };
    at = start + length;
  }
}

/** Whether NameConstraints, as DER, permit every one of the hosts. */
export function permits(constraints: Uint8Array, hosts: readonly string[]): boolean {
  const [outer] = elements(Buffer.from(constraints));
  const [permitted] = outer ? elements(outer.value) : [];
  const listed = permitted ? [...elements(permitted.value)].map((one) => one.whole) : [];
  return hosts.every((host) => listed.some((one) => one.equals(subtree(host))));
}
