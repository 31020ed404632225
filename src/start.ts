import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApp } from './app.ts';
import { createHashing, type HashingOptions } from './accounts/index.ts';
import type { Config } from './config.ts';
import {
  createVersions,
  migrate,
  onDiskFailure,
  openDb,
  refuseDamaged,
  takeAlone,
  type Alone,
  type Db,
} from './db/index.ts';
import { createViews, type AtStep } from './images/index.ts';
import { configuredImaging, countTiers, type Clocks } from './imaging/index.ts';
import { createMailer } from './mail/index.ts';
import { startJobs } from './jobs.ts';
import { createCounts } from './lib/counts.ts';
import { createBells, imageBell } from './lib/bells.ts';
import type { Log } from './lib/log.ts';
import { bookmarkletHref, pickerSource, pickerVersion } from './lib/pick/link.ts';
import { builtDir } from './lib/root.ts';
import { signer as createSigner } from './lib/secret.ts';
import { WrongSetting } from './lib/settings.ts';
import { createProvider } from './net/oidc/index.ts';
import { countRefusals, createFetcher, parseAllow, parseDeny, type Fetcher, type FetcherOptions } from './net/index.ts';
import { readSecrets } from './secrets.ts';
import { openStorage, patient, settleStores, type Storage } from './storage/index.ts';
import { createWakes, type Worker, type WorkerSettings } from './queue/index.ts';
import { closeLinks, openLinks, probeLinks } from './redis/index.ts';
import { countersOf } from './web/edge/counters.ts';
import { createLimits } from './web/edge/limits.ts';
import { createSaves } from './web/saves.ts';
import { loadViews } from './web/edge/views.ts';
import type { Site } from './web/visit.ts';

export interface RunningSite {
  site: Site;
  /** The site as a request handler, for a listener or a test. */
  handler: ReturnType<ReturnType<typeof createApp>['callback']>;
  /** Null where ROLE=web leaves the jobs to others. */
  worker: Worker | null;
  /** Resolves when nothing goes on after its request, no job is due and none runs. */
  settled(): Promise<void>;
  /** Resolves when the disk did not take what the database wrote: nothing of this process is to be relied upon any more. */
  diskFailed: Promise<Error>;
  /** Ends what would go on by itself (event streams), so that what people wait for has the time of grace. */
  leave(): void;
  /** Finishes what runs, for so many milliseconds at most, and lets go of everything. */
  close(graceMs?: number): Promise<void>;
}

/** What tests set, and no setting does. */
export interface StartOptions {
  fetching?: Partial<FetcherOptions>;
  hashing?: HashingOptions;
  imaging?: { clocks?: Partial<Clocks> };
  /** What the store is put into, and how long it may take for a file. */
  storage?: { around?(storage: Storage): Storage; keepMs?: number };
  jobs?: Pick<Partial<WorkerSettings>, 'leaseMs' | 'pollMs' | 'backoff'>;
  step?: AtStep;
  /** Whether somebody else has made sure that the Redis servers can be used. */
  probed?: boolean;
}

/**
 * Opens the database, the store, the imaging pool and the way out, and begins to work through the jobs.
 * @throws WrongSetting when another process works with the same SQLite database
 */
export async function startSite(config: Config, log: Log, options: StartOptions = {}): Promise<RunningSite> {
  const { around = (storage: Storage) => storage, keepMs } = options.storage ?? {};
  const counts = { tiers: createCounts(), fetches: createCounts(), wakes: createCounts(), pages: createCounts() };
  const fetcher = countRefusals(openFetcher(config, log, options.fetching), counts.fetches);
  const secrets = await readSecrets(config.secrets, config.dataDir);
  const storage = patient(around(openStorage(config)), keepMs);
  await storage.check();
  if (!options.probed) await probeLinks(config);
  const { db, alone } = await openMigrated(config);
  const imaging = countTiers(configuredImaging(config, log, storage.folders, options.imaging), counts.tiers);
  const { goesOn, ended } = followUp();
  const links = openLinks(config, log);
  const wakes = links.queue && createWakes(links.queue, counts.wakes, log);
  let worker: Worker | null = null;
  const closing = new AbortController();
  const bells = createBells();
  const signer = createSigner(secrets);
  const site: Site = {
    config,
    db,
    storage,
    imaging,
    fetcher,
    counts,
    links,
    mailer: createMailer({ setting: config.mail, dataDir: config.dataDir }),
    log,
    doesJobs: config.role !== 'web',
    goesOn,
    limits: createLimits(config.limits, countersOf(db, links.cache)),
    hashing: createHashing(options.hashing),
    providers: config.providers.map((setting) => createProvider(setting, config.baseUrl, log)),
    bookmarklet: readBookmarklet(config.baseUrl),
    signer,
    views: createViews({ db, signer, log }),
    bells,
    saves: createSaves(bells),
    versions: createVersions(db, config.databaseUrl),
    closing: closing.signal,
    wake() {
      worker?.wake();
      wakes?.send();
    },
    ready: (id) => bells.ring(imageBell(id)),
    maxUploadBytes: config.maxUploadBytes,
    quotaBytes: config.quotaBytes,
    nopin: config.nopin,
    ...(options.step ? { step: options.step } : {}),
  };
  const handler = followed(createApp(site, secrets, loadViews()).callback(), goesOn);
  if (config.role !== 'web') worker = await startJobs(site, options.jobs);
  if (worker) wakes?.listen(worker, closing.signal);
  const leave = () => closing.abort();
  const close = async (graceMs = 5000) => {
    leave();
    await worker?.stop(graceMs);
    await wakes?.close();
    await letGo(site, ended);
    await alone?.release();
  };
  const settled = async () => {
    await ended();
    await worker?.idle();
  };
  const diskFailed = new Promise<Error>((resolve) => onDiskFailure(db, resolve));
  return { site, handler, worker, settled, diskFailed, leave, close };
}

/** The database with the schema of this release; whoever cannot have it lets go of it. */
async function openMigrated(config: Config): Promise<{ db: Db; alone: Alone | null }> {
  const alone = await takeDatabase(config);
  const db = openDb({ url: config.databaseUrl });
  try {
    await migrate(db);
    await settleStores(db, config.stores);
    return { db, alone };
  } catch (error) {
    await db.destroy();
    await alone?.release();
    throw error;
  }
}

/** A SQLite database has one process: each has limits and children of its own, and their writes would wait for one another. */
async function takeDatabase({ databaseUrl }: Config): Promise<Alone | null> {
  if (!databaseUrl.startsWith('sqlite:')) return null;
  const alone = await takeAlone(databaseUrl);
  if (!alone) throw new WrongSetting('start.in_use', { path: dirname(databaseUrl.slice('sqlite:'.length)) });
  try {
    await refuseDamaged(databaseUrl);
    return alone;
  } catch (error) {
    await alone.release();
    throw error;
  }
}

function openFetcher(config: Config, log: Log, more: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({
    allow: listed('FETCH_ALLOW', () => parseAllow(config.fetchAllow)),
    deny: listed('FETCH_DENY', () => parseDeny(config.fetchDeny)),
    timeoutMs: config.fetchTimeoutMs,
    dnsServers: config.dnsServers,
    ownPorts: [config.port],
    log,
    gate: config.limits ? {} : { waitingEach: Infinity },
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
  return { href: bookmarkletHref(text, baseUrl), source: pickerSource(text, baseUrl), version: pickerVersion(text) };
}

/** Knows what is still being worked on: requests, also when their connection has gone, and what goes on after them. */
function followUp() {
  const underWay = new Set<Promise<unknown>>();
  const goesOn = (work: Promise<unknown>) => {
    const done = work.finally(() => underWay.delete(done));
    underWay.add(done);
  };
  return { goesOn, ended: () => Promise.allSettled(underWay) };
}

const followed =
  (handle: RunningSite['handler'], goesOn: Site['goesOn']): RunningSite['handler'] =>
  (req, res) => {
    const done = handle(req, res);
    goesOn(done);
    return done;
  };

/** What those need who tidy up after a request that was cut off. */
const TIDYING_MS = 1000;

async function letGo({ imaging, fetcher, views, versions, links, db }: Site, ended: () => Promise<unknown>) {
  await Promise.all([imaging.close(), fetcher.close()]);
  const patience = new AbortController();
  await Promise.race([ended(), pause(TIDYING_MS, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
  await views.write();
  await versions.close();
  closeLinks(links);
  await db.destroy();
}
