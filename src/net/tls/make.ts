// @peculiar/x509 reads its decorators through this; nothing else of it is used. The library is given Node's webcrypto
// with every call, so its global provider stays untouched.
import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { NAME_CONSTRAINTS, nameConstraints } from './constraints.ts';
import { DAY, type Pair } from './validity.ts';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const SERVER_AUTH = x509.ExtendedKeyUsage.serverAuth;

/** Browsers refuse leaves of more than 398 days; the day before now forgives a clock that is behind. */
const LEAF_DAYS = 395;
const AUTHORITY_DAYS = 3650;

const makeKeys = () => webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY') + '\n';
}

/** Positive and never empty, as RFC 5280 §4.1.2.2 asks: 127 random bits. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}

/**
 * A certificate authority that can vouch for these hosts and for web servers alone. Its name ends in a piece of its
 * key's hash: two authorities of one name in one store would be taken for each other.
 */
export async function makeAuthority(hosts: readonly string[], now: Date): Promise<Pair> {
  const keys = await makeKeys();
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
  const mark = createHash('sha256').update(spki).digest('hex').slice(0, 8);
  const cert = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: [{ O: ['Bowerbird'] }, { CN: [`Bowerbird local authority ${mark}`] }],
      keys,
      signingAlgorithm: ECDSA,
      notBefore: new Date(now.getTime() - DAY),
      notAfter: new Date(now.getTime() + AUTHORITY_DAYS * DAY),
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
        new x509.Extension(NAME_CONSTRAINTS, true, nameConstraints(hosts)),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { cert: cert.toString('pem') + '\n', key: await pemOf(keys.privateKey) };
}

/** A server's certificate for these hosts, signed by the authority, which it never outlives. */
export async function makeLeaf(authority: Pair, hosts: readonly string[], now: Date): Promise<Pair> {
  const issuer = new x509.X509Certificate(authority.cert);
  const pkcs8 = x509.PemConverter.decodeFirst(authority.key);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, ECDSA, false, ['sign']);
  const keys = await makeKeys();
  const names = hosts.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
  const cert = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: [{ O: ['Bowerbird'] }, { CN: ['Bowerbird on this machine'] }],
      issuer: issuer.subjectName.toJSON(),
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: ECDSA,
      notBefore: new Date(now.getTime() - DAY),
      notAfter: new Date(Math.min(now.getTime() + LEAF_DAYS * DAY, issuer.notAfter.getTime())),
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([SERVER_AUTH]),
        new x509.SubjectAlternativeNameExtension(names),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
        await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { cert: cert.toString('pem') + '\n', key: await pemOf(keys.privateKey) };
}

/** The name constraints of a certificate as DER, or null where it has none. */
export function constraintsOf(cert: string): Uint8Array | null {
  const found = new x509.X509Certificate(cert).getExtension(NAME_CONSTRAINTS);
  return found?.critical ? new Uint8Array(found.value) : null;
}
