import type { Log } from '../../lib/log.ts';
import { ensureCertificates, type CertificateOptions, type Certificates } from './certificates.ts';
import { readCertificates, type ServerCertificate } from './own.ts';

/** Where a listener has its certificate from, at the start and whenever it looks again. */
export interface CertificateSource {
  current: ServerCertificate;
  /** Looks again: the certificate to change to, or null where the current one stands. Throws what went wrong. */
  renew(): Promise<ServerCertificate | null>;
}

function source(first: ServerCertificate, load: () => Promise<ServerCertificate>): CertificateSource {
  return {
    current: first,
    async renew() {
      const next = await load();
      if (next.cert === this.current.cert && next.key === this.current.key) return null;
      return (this.current = next);
    },
  };
}

const shown = ({ leaf }: Certificates): ServerCertificate => ({ cert: leaf.chainPem, key: leaf.keyPem });

/** TLS=auto: the site's own certificates, renewed before they run out. `certificates` tells the start what to print. */
export async function ownSource(
  options: Omit<CertificateOptions, 'now'>,
  log: Log,
): Promise<CertificateSource & { certificates: Certificates }> {
  const certificates = await ensureCertificates(options);
  const load = async () => {
    const next = await ensureCertificates(options);
    if (next.made)
      log.warn({ reason: next.reason, path: next.ca.path }, 'certificate authority made anew: trust it again');
    else if (next.leafReason) log.info({ reason: next.leafReason }, 'certificate renewed');
    return shown(next);
  };
  return Object.assign(source(shown(certificates), load), { certificates });
}

/** TLS=cert.pem,key.pem: the operator's files, read again so that what another program renews is taken up. */
export async function fileSource(certPath: string, keyPath: string): Promise<CertificateSource> {
  return source(await readCertificates(certPath, keyPath), () => readCertificates(certPath, keyPath));
}
