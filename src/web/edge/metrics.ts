import type Koa from 'koa';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Counts } from '../../lib/counts.ts';
import { queueDepth } from '../../queue/index.ts';
import type { Site } from '../visit.ts';
import { byOperator } from './operator.ts';

/** What the operator's monitoring reads; each site has a registry of its own. */
export interface Metrics {
  registry: Registry;
  /** Measures every request by route, never by address. */
  measure: Koa.Middleware;
  /** Answers GET /metrics to this machine itself, or to whoever has the token; to others it is not there. */
  answer: Koa.Middleware;
}

export function createMetrics(site: Site): Metrics {
  const registry = new Registry();
  memory(registry);
  jobs(registry, site);
  room(registry, site);
  const queries = countedQueries(site);
  counter(registry, 'queries', 'Queries that this process has asked its database.', null, queries);
  counter(registry, 'tiers_made', 'Sizes of images that this process has made.', 'tier', site.counts.tiers);
  counter(registry, 'fetches_refused', 'Fetches from the web that came to nothing.', 'reason', site.counts.fetches);
  redis(registry, site);
  const requests = new Histogram({
    name: 'bowerbird_request_seconds',
    help: 'Time to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return {
    registry,
    async measure(ctx, next) {
      const stop = requests.startTimer({ method: ctx.method });
      try {
        await next();
      } finally {
        stop({ route: (ctx.state['route'] as string | undefined) ?? 'none', status: String(ctx.status) });
      }
    },
    async answer(ctx, next) {
      if (ctx.path !== '/metrics' || !byOperator(ctx, site.config.metricsToken)) return next();
      ctx.type = registry.contentType;
      ctx.set('Cache-Control', 'no-store');
      ctx.body = await registry.metrics();
    },
  };
}

/** Each costs an addition: they are put into words when somebody asks. */
function countedQueries({ db }: Site): Pick<Counts, 'all'> {
  let n = 0;
  db.on('query', () => n++);
  return { all: () => new Map([['', n]]) };
}

/** What is counted elsewhere, by a label or in all. */
function counter(registry: Registry, name: string, help: string, label: string | null, counts: Pick<Counts, 'all'>) {
  const made: Counter = new Counter({
    name: `bowerbird_${name}_total`,
    help,
    labelNames: label ? [label] : [],
    registers: [registry],
    collect(): void {
      made.reset();
      for (const [which, n] of counts.all()) made.inc(label ? { [label]: which } : {}, n);
    },
  });
}

function jobs(registry: Registry, { db, log }: Site) {
  const age = new Gauge({
    name: 'bowerbird_job_age_seconds',
    help: 'How long the oldest job that is due has waited.',
    registers: [registry],
  });
  const depths: Gauge = new Gauge({
    name: 'bowerbird_jobs',
    help: 'Jobs by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect(): Promise<void> {
      // With the database away the rest is worth knowing all the more.
      const depth = await queueDepth(db).catch((err: unknown) => void log.warn({ err }, 'no jobs in the metrics'));
      depths.reset();
      age.reset();
      if (!depth) return;
      for (const state of ['waiting', 'later', 'running', 'dead'] as const) depths.set({ state }, Number(depth[state]));
      age.set(Number(depth.oldestMs) / 1000);
    },
  });
}

/** Only what is configured has a figure. */
function redis(registry: Registry, { links, counts }: Site) {
  const configured = Object.entries(links).filter(([, link]) => link !== null);
  if (configured.length === 0) return;
  const up: Gauge = new Gauge({
    name: 'bowerbird_redis_up',
    help: 'Whether the servers of QUEUE_URL and CACHE_URL answer this process.',
    labelNames: ['for'],
    registers: [registry],
    collect(): void {
      for (const [what, link] of configured) up.set({ for: what }, link.isReady() ? 1 : 0);
    },
  });
  if (links.queue) counter(registry, 'wakes', 'Wakes of workers through Redis.', 'outcome', counts.wakes);
  if (links.cache) counter(registry, 'shared_pages', 'Pages looked for in Redis.', 'outcome', counts.pages);
}

function room(registry: Registry, { storage, log }: Site) {
  const free: Gauge = new Gauge({
    name: 'bowerbird_storage_free_bytes',
    help: 'Room for new files where the bytes are kept.',
    registers: [registry],
    async collect(): Promise<void> {
      const bytes = await storage.free().catch((err: unknown) => void log.warn({ err }, 'no room in the metrics'));
      free.set(bytes ?? Number.NaN);
    },
  });
}

/** Of this process alone: the imaging children have limits of their own. */
function memory(registry: Registry) {
  const gauge: Gauge = new Gauge({
    name: 'bowerbird_resident_bytes',
    help: 'Memory of the serving process.',
    registers: [registry],
    collect(): void {
      gauge.set(process.memoryUsage.rss());
    },
  });
}
