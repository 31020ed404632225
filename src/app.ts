import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { signer as createSigner } from './lib/secret.ts';
import { partyOf } from './accounts/index.ts';
import { askRepair } from './images/index.ts';
import { createVault } from './lib/vault.ts';
import { routes } from './routes.ts';
import { compress } from './web/edge/compress.ts';
import { API, openToTokens, unlessByToken } from './web/edge/bearer.ts';
import { openToOtherSites } from './web/edge/cross-origin.ts';
import { createFollow } from './web/edge/events.ts';
import { faults } from './web/edge/faults.ts';
import { safeHeaders } from './web/edge/headers.ts';
import { otherMethods } from './web/edge/methods.ts';
import { createKeptPages } from './web/edge/kept.ts';
import { createMetrics } from './web/edge/metrics.ts';
import { tellReadiness } from './web/edge/operator.ts';
import { createPassport } from './web/edge/passport.ts';
import type { Printing } from './web/edge/print.ts';
import { requests } from './web/edge/requests.ts';
import { holderOf, serve } from './web/edge/serve.ts';
import { sessions } from './web/edge/session.ts';
import { staticFiles } from './web/edge/static.ts';
import { tokenOf } from './web/edge/tokens.ts';
import type { Views } from './web/edge/views.ts';
import type { Site } from './web/visit.ts';

/** The site as middleware, in order. `secrets` sign what goes out to visitors: newest first. */
export function createApp(site: Site, secrets: readonly string[], views: Views): Koa {
  const { config, log, db, storage } = site;
  const app = new Koa({ proxy: config.trustProxy > 0, maxIpsCount: config.trustProxy });
  app.on('error', (err: unknown) => log.error({ err }, 'bug outside every step'));
  const signer = createSigner(secrets);
  const { openGallery, registration } = config;
  const passkeys = partyOf(config.baseUrl) !== null;
  const providers = site.providers.map(({ key, name }) => ({ key, name }));
  const about = {
    providers,
    openGallery,
    registration,
    passkeys,
    nopin: config.nopin,
    maxUploadMb: Math.round(config.maxUploadBytes / 1024 / 1024),
  };
  const csrf = (ctx: Context) => tokenOf(signer, holderOf(ctx, signer, true) ?? '');
  const printing: Printing = {
    storage,
    media: config.media,
    repair: repairer(site),
    views,
    about,
    csrf,
    follow: createFollow(site),
  };

  app.use(plainFacts());
  const metrics = createMetrics(site);
  app.use(requests(log));
  app.use(metrics.measure);
  app.use(safeHeaders(config.baseUrl, mediaOrigins(config)));
  app.use(openToOtherSites());
  app.use(compress());
  const kept = createKeptPages(site, printing);
  app.use(kept.first);
  app.use(staticFiles());
  app.use(metrics.answer);
  app.use(tellReadiness(site));
  app.use(faults(printing, log, new URL(config.baseUrl).origin));
  app.use(unlessByToken(sessions(app, db, config)));

  const router = new Router();
  const serving = {
    site,
    signer,
    vault: createVault(secrets),
    printing,
    authenticate: createPassport(db, site.hashing),
    kept,
  };
  for (const route of routes) {
    const answer = serve(route, serving);
    router.register(route.path, [route.method], answer);
    if (openToTokens(route)) router.register(`${API}${route.path}`, [route.method], answer);
  }
  app.use(router.routes());
  app.use(otherMethods());
  return app;
}

/** Has bytes that could not be read made again behind the back of whoever asked for them: they are told 404 now, whatever comes of it. */
const repairer =
  ({ db, log, wake }: Site): Printing['repair'] =>
  async ({ image, storageKey }) => {
    log.error({ image, storageKey }, 'stored bytes are missing or cannot be read');
    if (image === null) return;
    try {
      if (await askRepair(db, image)) wake();
    } catch (err) {
      log.error({ err, image }, 'could not be put down for repair');
    }
  };

/** IPv4 through a dual listener is still IPv4; cookies are Secure whatever the last hop to us is. */
function plainFacts(): Koa.Middleware {
  return (ctx, next) => {
    ctx.request.ip = ctx.request.ip.replace(/^::ffff:/, '');
    ctx.cookies.secure = true;
    return next();
  };
}

/** Where images come from besides us: the buckets, where we lead to them. */
const mediaOrigins = ({ media, stores }: Site['config']): string[] =>
  media === 'redirect' ? stores.flatMap((store) => (store.kind === 's3' ? [new URL(store.bucket).origin] : [])) : [];
