import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { CERTIFICATE_FILES } from '../../net/tls/index.ts';
import { note, ok, reasonOf, wrong, type Finding } from '../finding.ts';

const DAY = 86_400_000;
/** Renewing takes somebody's hand where the certificates are the operator's own. */
const SOON = 14 * DAY;

/** What the site shows, and until when: its own are renewed by the running site, those of TLS=cert.pem,key.pem are not. */
export async function checkCertificates({ tls, certsDir }: Config, now = Date.now()): Promise<Finding> {
  if (tls.mode === 'off') return ok('doctor.tls_off');
  const own = tls.mode === 'auto';
  const paths = own
    ? [join(certsDir, CERTIFICATE_FILES.leafCert), join(certsDir, CERTIFICATE_FILES.caCert)]
    : [tls.cert];
  const found: { path: string; from: number; until: number }[] = [];
  for (const path of paths) {
    try {
      const { validFrom, validTo } = new X509Certificate(await readFile(path));
      found.push({ path, from: Date.parse(validFrom), until: Date.parse(validTo) });
    } catch (error) {
      if (own && reasonOf(error) === 'ENOENT') return note('doctor.tls_later', { path });
      return wrong('doctor.tls_unreadable', { path, reason: reasonOf(error) });
    }
  }
  const [first] = found.sort((a, b) => a.until - b.until);
  if (!first) return note('doctor.tls_later', { path: certsDir });
  const params = { path: first.path, date: new Date(first.until).toISOString().slice(0, 10) };
  if (found.some(({ from }) => from > now)) return wrong('doctor.tls_clock', params);
  if (first.until < now) return wrong(own ? 'doctor.tls_own_over' : 'doctor.tls_over', params);
  return !own && first.until - now < SOON ? note('doctor.tls_soon', params) : ok('doctor.tls', params);
}
