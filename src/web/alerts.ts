import { X509Certificate } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { sizeInWords } from '../lib/size.ts';
import { say, speak, type Said } from '../lib/words/index.ts';
import { queueDepth, type QueueDepth } from '../queue/index.ts';
import type { Site } from './visit.ts';

const MB = 1024 * 1024;
const DAY = 24 * 60 * 60 * 1000;
/** Below this there is room for some hundred images more; then nothing is saved any longer. */
const SCARCE = 1024 * MB;
/** Our own certificate is renewed a month before its end, so that this late something keeps it from being so. */
const CERTIFICATE_MS = 14 * DAY;
/** What nobody waits for may wait, but not so long. */
const LATE_MS = 10 * 60 * 1000;

/** How the machine below the site is. */
export interface Machine {
  depth: QueueDepth;
  /** Bytes free where images are kept, and where the database is. */
  free: { images: number; data: number };
  /** When the certificate ends, in milliseconds since 1970; null where another server does TLS, or it cannot be read. */
  certificateEnds: number | null;
}

/** Looks at queue, disks and certificate. */
export async function lookAround({ db, storage, config }: Pick<Site, 'db' | 'storage' | 'config'>): Promise<Machine> {
  const [depth, images, data, certificateEnds] = await Promise.all([
    queueDepth(db),
    storage.free(),
    statfs(config.dataDir).then(({ bavail, bsize }) => bavail * bsize),
    endOfCertificate(config),
  ]);
  return { depth, free: { images, data }, certificateEnds };
}

async function endOfCertificate({ tls, certsDir }: Config): Promise<number | null> {
  if (tls.mode === 'off') return null;
  try {
    const pem = await readFile(tls.mode === 'auto' ? join(certsDir, 'leaf.pem') : tls.cert, 'utf8');
    return Date.parse(new X509Certificate(pem).validTo);
  } catch {
    return null; // the listener has it, or it would not have started; here it is only looked at
  }
}

/** What somebody should do something about, a sentence each; empty when all is well. */
export function alertsOf({ depth, free, certificateEnds }: Machine, now = Date.now()): Said[] {
  const alerts: Said[] = [];
  if (free.images < SCARCE) alerts.push(say('alert.images', { free: sizeInWords(free.images) }));
  if (free.data < SCARCE) alerts.push(say('alert.data', { free: sizeInWords(free.data) }));
  if (certificateEnds !== null && certificateEnds - now < CERTIFICATE_MS)
    alerts.push(
      certificateEnds < now
        ? say('alert.certificate_over')
        : say('alert.certificate', { count: Math.floor((certificateEnds - now) / DAY) }),
    );
  if (Number(depth.dead) > 0) alerts.push(say('alert.dead', { count: Number(depth.dead) }));
  if (Number(depth.oldestMs) > LATE_MS)
    alerts.push(say('alert.late', { count: Math.round(Number(depth.oldestMs) / 60_000) }));
  return alerts;
}

/** Writes down in the log what somebody should do something about: for those who read that and not /admin. */
export async function logAlerts(site: Site): Promise<void> {
  for (const alert of alertsOf(await lookAround(site))) site.log.warn({ alert: alert.key }, speak(alert));
}
