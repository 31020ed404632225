import { SCARCE_BYTES, sizeInWords } from '../lib/size.ts';
import { words, type WordKey } from '../lib/words/index.ts';
import { queueDepth } from '../queue/index.ts';
import type { Link } from '../redis/index.ts';
import { newKey } from '../storage/index.ts';
import { roomOf } from './room.ts';
import type { Site } from './visit.ts';

/** Whether a site can serve people, and how what it stands on is. */
export interface Readiness {
  ready: boolean;
  /** A line each, for the operator alone. */
  lines: string[];
}

/** What does not answer within this time is away. */
const PATIENCE_MS = 3000;

/**
 * Asks the database, the store and the queue. Little room on the disk is said, and is no reason to send readers elsewhere: saves are refused
 * with a sentence, and everything else goes on.
 */
export async function readinessOf(site: Site): Promise<Readiness> {
  const { db, storage } = site;
  const parts = await Promise.all([
    look(site, 'database', async () => void (await db.raw('SELECT 1'))),
    look(site, 'storage', async () => void (await storage.size(newKey()))),
    look(site, 'queue', async () => {
      const { waiting, oldestMs, dead } = await queueDepth(db);
      return words('ready.queue', { waiting, oldest: Math.round(Number(oldestMs) / 1000), dead });
    }),
    look(site, 'disk', () => saidOfRoom(site)),
  ]);
  const ready = parts.every(({ well, part }) => well || part === 'disk');
  const told = [...parts, ...(await Promise.all(redisServers(site)))];
  return { ready, lines: told.map(({ part, said }) => `${part}\t${said}`) };
}

/** Redis being away slows the site and keeps nobody from being served. */
function redisServers({ links }: Site) {
  const ask = async (part: string, link: Link, away: WordKey) => {
    // One that is away would only remember to be asked.
    const asked = link.isReady() ? inTime(link.client.ping()) : Promise.reject(new Error('away'));
    const answers = await asked.then(
      () => true,
      () => false,
    );
    return { part, said: words(answers ? 'ready.ok' : away) };
  };
  return [
    ...(links.queue ? [ask('wakes', links.queue, 'ready.wakes_away')] : []),
    ...(links.cache ? [ask('cache', links.cache, 'ready.cache_away')] : []),
  ];
}

async function saidOfRoom(site: Site): Promise<string> {
  const { images, data } = await roomOf(site);
  const bytes = Math.min(data, images ?? data);
  return words(bytes < SCARCE_BYTES ? 'ready.disk_scarce' : 'ready.disk', { free: sizeInWords(bytes) });
}

type Part = 'database' | 'storage' | 'queue' | 'disk';

async function look({ log }: Site, part: Part, ask: () => Promise<string | void>) {
  try {
    return { part, well: true, said: (await inTime(ask())) ?? words('ready.ok') };
  } catch (err) {
    log.error({ err, part }, 'not ready');
    return { part, well: false, said: words('ready.away') };
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let clock: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    clock = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS).unref();
  });
  try {
    return await Promise.race([answer, over]);
  } finally {
    clearTimeout(clock);
  }
}
