import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { reasonOf, TlsFault } from './faults.ts';

/** What a server shows: the certificate with its intermediates, and the key, both PEM. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new TlsFault('tls.unreadable', { file, reason: reasonOf(cause) }, cause);
  }
}

function parse<T>(parser: () => T, fault: (cause: unknown) => TlsFault): T {
  try {
    return parser();
  } catch (cause) {
    throw fault(cause);
  }
}

/**
 * The operator's own certificate (TLS=cert.pem,key.pem).
 * @throws TlsFault with a sentence naming TLS: unreadable, not PEM, not belonging together, run out
 */
export async function readCertificates(
  certPath: string,
  keyPath: string,
  now = new Date(),
): Promise<ServerCertificate> {
  const [cert, key] = await Promise.all([read(certPath), read(keyPath)]);
  const parsed = parse(
    () => new X509Certificate(cert),
    (cause) => new TlsFault('tls.not_a_certificate', { file: certPath }, cause),
  );
  const secret: KeyObject = parse(
    () => createPrivateKey(key),
    (cause) => new TlsFault('tls.not_a_key', { file: keyPath }, cause),
  );
  if (!parsed.checkPrivateKey(secret)) throw new TlsFault('tls.mismatch', { cert: certPath, key: keyPath });
  if (Date.parse(parsed.validTo) < now.getTime())
    throw new TlsFault('tls.expired', { file: certPath, date: new Date(parsed.validTo).toISOString().slice(0, 10) });
  return { cert, key };
}
