import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { migrate, openDb } from './db/index.ts';
import { createHandover } from './images/index.ts';
import { createImaging } from './imaging/index.ts';
import { startJobs } from './jobs.ts';
import type { Log } from './lib/log.ts';
import { bookmarkletHref, ORIGIN_MARK } from './lib/pick/link.ts';
import { WrongSetting } from './lib/settings.ts';
import { builtDir } from './lib/root.ts';
import { createFetcher, parseAllow, parseDeny, type Fetcher, type FetcherOptions } from './net/index.ts';
import { readSecrets } from './secrets.ts';
import { openStorage } from './storage/index.ts';
import type { Worker } from './queue/index.ts';
import { createLimits } from './web/edge/limits.ts';
import type { Site } from './web/visit.ts';

export interface RunningSite {
  site: Site;
  /** The site as a request handler, for a listener or a test. */
  handler: ReturnType<ReturnType<typeof createApp>['callback']>;
  /** Null where ROLE=web leaves the jobs to others. */
  worker: Worker | null;
  /** Finishes what runs, for so many milliseconds at most, and lets go of everything. */
  close(graceMs?: number): Promise<void>;
}

/** Opens the database, the store, the imaging pool and the way out, and begins to work through the jobs. */
export async function startSite(
  config: Config,
  log: Log,
  fetching: Partial<FetcherOptions> = {},
): Promise<RunningSite> {
  const secrets = await readSecrets(config.secrets, config.dataDir);
  const db = openDb({ url: config.databaseUrl });
  await migrate(db);
  const storage = openStorage(config.storage, config.dataDir);
  const imaging = createImaging({ workers: config.workers, limits: config, log });
  const fetcher = openFetcher(config, log, fetching);
  let worker: Worker | null = null;
  const site: Site = {
    config,
    db,
    storage,
    imaging,
    fetcher,
    log,
    handover: config.role === 'web' ? null : createHandover(),
    limits: createLimits(config.limits),
    bookmarklet: readBookmarklet(config.baseUrl),
    wake: () => worker?.wake(),
    maxUploadBytes: config.maxUploadBytes,
    quotaBytes: config.quotaBytes,
  };
  const handler = createApp(site, secrets).callback();
  if (config.role !== 'web') worker = await startJobs(site);
  return { site, handler, worker, close: (graceMs = 5000) => close(site, worker, graceMs) };
}

function openFetcher(config: Config, log: Log, more: Partial<FetcherOptions>): Fetcher {
  return createFetcher({
    allow: listed('FETCH_ALLOW', () => parseAllow(config.fetchAllow)),
    deny: listed('FETCH_DENY', () => parseDeny(config.fetchDeny)),
    timeoutMs: config.fetchTimeoutMs,
    dnsServers: config.dnsServers,
    ownPorts: [config.port],
    log,
    ...more,
  });
}

/** Reads a list that src/net understands; what is wrong with it is said of the setting. */
function listed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new WrongSetting('setting.list', { name, reason: (error as Error).message });
  }
}

function readBookmarklet(baseUrl: string) {
  const text = readFileSync(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8');
  return { href: bookmarkletHref(text, baseUrl), source: text.replaceAll(ORIGIN_MARK, baseUrl) };
}

async function close({ imaging, fetcher, db }: Site, worker: Worker | null, graceMs: number) {
  await worker?.stop(graceMs);
  await imaging.close();
  await fetcher.close();
  await db.destroy();
}
