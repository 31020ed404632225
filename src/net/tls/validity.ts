import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its key, both PEM. */
export interface Pair {
  cert: string;
  key: string;
}

/** Milliseconds. */
export const DAY = 86_400_000;

/** Why a certificate had to be made. */
export type Reason = 'absent' | 'broken' | 'expiring' | 'host';

export const LEAF_SPARE = 30 * DAY;
/** Longer than the leaf's, so that a leaf cut short by its authority's end never has to be made again and again. */
export const AUTHORITY_SPARE = 60 * DAY;

/** Certificate and key, parsed and belonging together; null where either is broken. */
export function parsePair(pair: Pair): X509Certificate | null {
  try {
    const cert = new X509Certificate(pair.cert);
    return cert.checkPrivateKey(createPrivateKey(pair.key)) ? cert : null;
  } catch {
    return null; // whatever is wrong with the files, they are made anew
  }
}

const answersTo = (cert: X509Certificate, host: string) =>
  (isIP(host) ? cert.checkIP(host) : cert.checkHost(host, { subject: 'never' })) !== undefined;

/** What is wrong with a leaf, or null. */
export function faultOfLeaf(
  pair: Pair | null,
  authority: X509Certificate,
  hosts: readonly string[],
  now: Date,
): Reason | null {
  if (!pair) return 'absent';
  const cert = parsePair(pair);
  if (!cert || !cert.checkIssued(authority) || !cert.verify(authority.publicKey)) return 'broken';
  if (Date.parse(cert.validTo) - now.getTime() < LEAF_SPARE || Date.parse(cert.validFrom) > now.getTime())
    return 'expiring';
  return hosts.every((host) => answersTo(cert, host)) ? null : 'host';
}

/**
 * What is wrong with an authority, or null. One that begins in the future is kept: then this machine's clock is
 * wrong, and a new authority would cost the trust that people have given.
 */
export function faultOfAuthority(pair: Pair | null, covers: (cert: string) => boolean, now: Date): Reason | null {
  if (!pair) return 'absent';
  const cert = parsePair(pair);
  if (!cert?.ca) return 'broken';
  if (Date.parse(cert.validTo) - now.getTime() < AUTHORITY_SPARE) return 'expiring';
  return covers(pair.cert) ? null : 'host';
}
