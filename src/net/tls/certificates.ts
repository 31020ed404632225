import { createHash, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { permits } from './constraints.ts';
import { isSystemError, reasonOf, TlsFault } from './faults.ts';
import { alone, FILES, openFolder, readPair, sweep, writePair } from './files.ts';
import { certificateHosts } from './hosts.ts';
import { faultOfAuthority, faultOfLeaf, type Pair, type Reason } from './validity.ts';

export interface Authority {
  pem: string;
  /** In `dir`: absolute where that is. */
  path: string;
  /** SHA-256 of the certificate, as `AB:CD:…`. */
  fingerprint: string;
  /** SHA-256 of the public key, base64: what Chromium's --ignore-certificate-errors-spki-list takes. */
  spkiHash: string;
}

export interface Leaf {
  certPem: string;
  keyPem: string;
  /** The leaf and the authority after it: what the server shows. */
  chainPem: string;
}

export interface Certificates {
  ca: Authority;
  leaf: Leaf;
  /** Every name and address they answer to. */
  hosts: string[];
  /** The authority was made just now: trust has to be given anew. */
  made: boolean;
  /** Why the authority was made; null where it stands. */
  reason: Reason | null;
  /** Why the leaf was made; null where it stands. */
  leafReason: Reason | null;
}

export interface CertificateOptions {
  /** CERTS_DIR; made where it is missing. */
  dir: string;
  /** Hosts beside localhost, 127.0.0.1 and ::1, which are always in: the host of BASE_URL. */
  hosts: readonly string[];
  now?: Date;
}

const CA = { cert: FILES.caCert, key: FILES.caKey };
const LEAF = { cert: FILES.leafCert, key: FILES.leafKey };

// The library that makes certificates takes 100 ms to load: only where there is one to make or to look into.
const maker = () => import('./make.ts');

function describe(dir: string, authority: Pair, leaf: Pair): Pick<Certificates, 'ca' | 'leaf'> {
  const cert = new X509Certificate(authority.cert);
  const spki = cert.publicKey.export({ type: 'spki', format: 'der' });
  return {
    ca: {
      pem: authority.cert,
      path: join(dir, CA.cert),
      fingerprint: cert.fingerprint256,
      spkiHash: createHash('sha256').update(spki).digest('base64'),
    },
    leaf: { certPem: leaf.cert, keyPem: leaf.key, chainPem: leaf.cert + authority.cert },
  };
}

interface Found {
  authority: Pair | null;
  leaf: Pair | null;
  reason: Reason | null;
  leafReason: Reason | null;
}

async function look(dir: string, hosts: readonly string[], now: Date): Promise<Found> {
  const authority = await readPair(dir, CA);
  const leaf = await readPair(dir, LEAF);
  const constraintsOf = authority && (await maker()).constraintsOf;
  const covers = (cert: string) => permits(constraintsOf?.(cert) ?? new Uint8Array(), hosts);
  const reason = faultOfAuthority(authority, covers, now);
  if (!authority || reason) return { authority, leaf, reason, leafReason: leaf ? 'broken' : 'absent' };
  return { authority, leaf, reason, leafReason: faultOfLeaf(leaf, new X509Certificate(authority.cert), hosts, now) };
}

async function make(dir: string, hosts: readonly string[], now: Date, found: Found): Promise<void> {
  const { makeAuthority, makeLeaf } = await maker();
  let { authority } = found;
  if (!authority || found.reason) {
    authority = await makeAuthority(hosts, now);
    await writePair(dir, CA, authority);
  }
  await writePair(dir, LEAF, await makeLeaf(authority, hosts, now));
}

const sound = ({ reason, leafReason }: Found) => reason === null && leafReason === null;

/** Makes what is missing, one process at a time; answers what was wrong before. */
async function repair(dir: string, hosts: string[], now: Date): Promise<Found> {
  await openFolder(dir);
  return alone(dir, async () => {
    await sweep(dir);
    const found = await look(dir, hosts, now); // another process may have made them meanwhile
    if (!sound(found)) await make(dir, hosts, now, found);
    return found;
  });
}

/** Nothing is written where nothing is missing, so that the folder may be mounted read-only. */
async function ensure(dir: string, hosts: string[], now: Date): Promise<Certificates> {
  let reason: Reason | null = null;
  let leafReason: Reason | null = null;
  for (let tries = 0; tries < 3; tries += 1) {
    const { authority, leaf, ...wrong } = await look(dir, hosts, now);
    if (authority && leaf && !wrong.reason && !wrong.leafReason)
      return { ...describe(dir, authority, leaf), hosts, made: reason !== null, reason, leafReason };
    ({ reason, leafReason } = await repair(dir, hosts, now));
  }
  throw new Error(`certificates in ${dir} were made but do not hold`);
}

/**
 * The site's own certificate authority and its leaf, read from `dir` or made there. The leaf is made anew when it has
 * under 30 days left, lacks a host or is broken; the authority only when it is missing, broken, near its end, or not
 * allowed to vouch for a host, since each new one has to be trusted again.
 * @throws TlsFault with a sentence naming BASE_URL (no such host) or CERTS_DIR (cannot be written)
 */
export async function ensureCertificates({ dir, hosts, now }: CertificateOptions): Promise<Certificates> {
  try {
    return await ensure(dir, certificateHosts(hosts), now ?? new Date());
  } catch (cause) {
    if (isSystemError(cause)) throw new TlsFault('tls.cannot_write', { dir, reason: reasonOf(cause) }, cause);
    throw cause;
  }
}
