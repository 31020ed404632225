import type Koa from 'koa';
import type { Context } from 'koa';
import { Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../db/index.ts';
import { sameText } from '../../lib/secret.ts';
import { queueDepth } from '../../queue/index.ts';

/** What the operator's monitoring reads; each site has a registry of its own. */
export interface Metrics {
  registry: Registry;
  /** Measures every request by route, never by address. */
  measure: Koa.Middleware;
  /** Answers GET /metrics to this machine itself, or to whoever has the token; to others it is not there. */
  answer: Koa.Middleware;
}

export function createMetrics(db: Db, token: string | null): Metrics {
  const registry = new Registry();
  memory(registry);
  const requests = new Histogram({
    name: 'bowerbird_request_seconds',
    help: 'Time to answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const jobs = new Gauge({
    name: 'bowerbird_jobs',
    help: 'Jobs by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const depth = await queueDepth(db);
      for (const state of ['waiting', 'later', 'running', 'dead'] as const) jobs.set({ state }, depth[state]);
    },
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
      if (ctx.path !== '/metrics' || !mayRead(ctx, token)) return next();
      ctx.type = registry.contentType;
      ctx.set('Cache-Control', 'no-store');
      ctx.body = await registry.metrics();
    },
  };
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

const LOOPBACK = new Set(['127.0.0.1', '::1']);
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

function mayRead(ctx: Context, token: string | null): boolean {
  if (ctx.method !== 'GET') return false;
  const given = /^Bearer (.+)$/.exec(ctx.get('authorization'))?.[1];
  if (token && given && sameText(token, given)) return true;
  const address = (ctx.req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return LOOPBACK.has(address) && FORWARDED.every((name) => !ctx.get(name));
}
