import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { SCARCE_BYTES, sizeInWords } from '../lib/size.ts';
import { say, speak, type Said } from '../lib/words/index.ts';
import { queueDepth, type QueueDepth } from '../queue/index.ts';
import { roomOf, type Room } from './room.ts';
import type { Site } from './visit.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Our own certificate is renewed a month before its end, so that this late something keeps it from being so. */
const CERTIFICATE_MS = 14 * DAY;
/** What nobody waits for may wait, but not so long. */
const LATE_MS = 10 * 60 * 1000;

/** How the machine below the site is. */
export interface Machine {
  depth: QueueDepth;
  free: Room;
  /** When the certificate ends, in milliseconds since 1970; null where another server does TLS, or it cannot be read. */
  certificateEnds: number | null;
}

/** Looks at queue, disks and certificate. */
export async function lookAround(site: Pick<Site, 'db' | 'storage' | 'config'>): Promise<Machine> {
  const [depth, free, certificateEnds] = await Promise.all([
    queueDepth(site.db),
    roomOf(site),
    endOfCertificate(site.config),
  ]);
  return { depth, free, certificateEnds };
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
  if (free.images !== null && free.images < SCARCE_BYTES)
    alerts.push(say('alert.images', { free: sizeInWords(free.images) }));
  if (free.data < SCARCE_BYTES) alerts.push(say('alert.data', { free: sizeInWords(free.data) }));
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
