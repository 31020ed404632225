import type { Log } from '../../lib/log.ts';
import { reasonOf } from './faults.ts';
import type { ServerCertificate } from './own.ts';
import type { CertificateSource } from './source.ts';

/**
 * Looks at the certificates every so often and shows new ones without a restart. What goes wrong is logged and tried
 * again; the old certificate stays meanwhile.
 * @returns what ends it
 */
export function keepRenewed(
  source: CertificateSource,
  replace: (next: ServerCertificate) => void,
  log: Log,
  everyMs: number,
): () => void {
  const check = async () => {
    try {
      const next = await source.renew();
      if (next) replace(next);
    } catch (cause) {
      log.error({ reason: reasonOf(cause), err: cause }, 'the certificate could not be renewed');
    }
  };
  const timer = setInterval(() => void check(), everyMs).unref();
  return () => clearInterval(timer);
}
