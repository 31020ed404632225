import { rm } from 'node:fs/promises';
import type { Context, Middleware } from 'koa';
import { Refusal } from '../../errors.ts';
import { hashToken, type Signer } from '../../lib/secret.ts';
import type { Vault } from '../../lib/vault.ts';
import type { Params, WordKey } from '../../lib/words/index.ts';
import type { Answer } from '../answer.ts';
import { noteView } from '../note-view.ts';
import { isOneClick } from '../one-click.ts';
import type { Opened, Route } from '../route.ts';
import type { Beginning, Form, Site, Visit } from '../visit.ts';
import { askForSecondFactor } from './ask-second.ts';
import { admitToken, byToken, isApi, isOfApi } from './bearer.ts';
import { readBody } from './body.ts';
import { refuseForeign } from './cross-site.ts';
import { wantsJson } from './faults.ts';
import { takeIncoming, type Incoming } from './incoming.ts';
import type { KeptPages } from './kept.ts';
import { languageOf } from './language.ts';
import { countedAs, type Left } from './limits.ts';
import { leaveNote } from './notes.ts';
import type { Authenticate } from './passport.ts';
import { print, type Printing } from './print.ts';
import { logWithSession, memberOf, sessionIdOf } from './session.ts';
import { slipsOf } from './slips.ts';
import { checkToken, tokenOf, visitorId } from './tokens.ts';

export interface Serving {
  site: Site;
  signer: Signer;
  vault: Vault;
  printing: Printing;
  authenticate: Authenticate;
  kept: KeptPages;
}

/** Whom the forms of this request are tied to: its session, or a visitor's cookie. */
export const holderOf = (ctx: Context, signer: Signer, make: boolean) =>
  sessionIdOf(ctx) ?? visitorId(ctx, signer, make);

/**
 * Runs a route, in the order of design.md §6: from another site 403, not signed in 303 or 401, not yours 404 (the door),
 * token 403, too many 429, and what the handler says.
 */
export function serve(route: Route, serving: Serving): Middleware {
  const { site, kept } = serving;
  return async (ctx) => {
    ctx.state['route'] = route.path;
    // Under /api/v1 no cookie counts: a page elsewhere has what it was given, or nothing.
    if (route.method === 'POST' && !isApi(ctx)) refuseForeign(ctx, new URL(site.config.baseUrl).origin, route.shared);
    if (byToken(ctx) && !isOfApi(route)) ctx.state['member'] = await admitToken(ctx, route, serving.site);
    const visit = visitOf(ctx, serving);
    if (site.config.require2fa) await askForSecondFactor(visit, route.path);
    const opened = await route.open(visit);
    const slot = isKept(route, visit)
      ? await kept.find(ctx, visit, route.kept === 'visitors' && !visit.rawQuery)
      : null;
    if (slot?.page) return slot.page(ctx);
    const incoming = takeIncoming(ctx, route, site, visit);
    try {
      const answer = await answerOf(ctx, { route, serving, visit, opened, incoming });
      if (answer.kind === 'page' && answer.viewOf !== null) noteView(site, visit.member, visit.device, answer.viewOf);
      if (slot && answer.kind === 'page' && answer.status === 200) slot.keep(ctx, answer);
      else await print(ctx, serving.printing, answer, visit.wantsJson);
    } finally {
      incoming?.leave();
      if (visit.upload) for (const { file } of [visit.upload, ...visit.upload.others]) await rm(file, { force: true });
    }
  };
}

/** Pages of visitors are the same for all of them; some are kept for each member as well. */
const isKept = ({ kept }: Route, { member }: Visit) => kept !== null && (kept === 'each' || !member);

interface Asked {
  route: Route;
  serving: Serving;
  visit: Visit;
  opened: Opened;
  incoming: Incoming | null;
}

async function answerOf(ctx: Context, asked: Asked): Promise<Answer> {
  const { route, visit, opened, incoming } = asked;
  try {
    if (route.method === 'POST') await admitForm(ctx, asked);
    return await opened.handle();
  } catch (error) {
    incoming?.failed(error);
    if (!(error instanceof Refusal) || !opened.again || visit.wantsJson) throw error;
    ctx.state['refused'] = error.code;
    const answer = await opened.again(error);
    if (error.retryAfter) ctx.set('Retry-After', String(error.retryAfter));
    return answer.kind === 'page' ? { ...answer, status: error.status } : answer;
  }
}

async function admitForm(ctx: Context, { route, serving: { site, signer }, visit, incoming }: Asked) {
  const { storage, maxUploadBytes } = site;
  // Visitors' files are passed over: nobody could keep them.
  const upload = incoming?.tooMany || !visit.member ? null : route.upload;
  const limits = {
    storage,
    maxUploadBytes,
    upload,
    several: route.shared,
    long: route.long,
    received: incoming?.received,
  };
  const body = await readBody(ctx, limits, (form: Form) => (visit.form = form));
  Object.assign(visit, { ...body, form: withKey(ctx, body.form) });
  const itself = route.shared || (route.oneClick && isOneClick(visit.form));
  if (!byToken(ctx) && !itself)
    checkToken(signer, holderOf(ctx, signer, false), visit.form['_csrf'], ctx.get('x-csrf-token'));
  if (incoming?.tooMany) throw incoming.tooMany;
  if (route.limit) await site.limits.take(route.limit, countedAs(visit.member, visit.device.address), tellLeft(ctx));
}

/** Scripts that repeat what may have failed on the way say so in a header; for a save it is the one-time key of its form. */
function withKey(ctx: Context, form: Form): Form {
  const key = isApi(ctx) ? ctx.get('idempotency-key') : '';
  return key && form['once'] === undefined ? { ...form, once: key } : form;
}

const tellLeft =
  (ctx: Context) =>
  ({ limit, remaining, resetSeconds }: Left) => {
    ctx.set('RateLimit-Limit', String(limit));
    ctx.set('RateLimit-Remaining', String(remaining));
    ctx.set('RateLimit-Reset', String(resetSeconds));
  };

function visitOf(ctx: Context, { site, signer, vault, authenticate }: Serving): Visit {
  const member = memberOf(ctx);
  const sessionId = sessionIdOf(ctx);
  return {
    site,
    db: site.db,
    member,
    reader: member ? { id: member.id, role: member.role } : { id: null },
    params: ctx['params'] as Record<string, string>,
    query: new URLSearchParams(ctx.querystring),
    rawQuery: ctx.querystring,
    here: ctx.url,
    language: languageOf(ctx),
    form: {},
    upload: null,
    wantsJson: wantsJson(ctx),
    device: { userAgent: ctx.get('user-agent'), address: ctx.ip },
    sessionHash: sessionId === null ? null : hashToken(sessionId),
    slips: slipsOf(ctx, signer),
    vault,
    left: () => leftBy(ctx),
    authenticate: (login, password) => authenticate(ctx, login, password),
    signIn: (accountId, beginning) => signIn(ctx, signer, accountId, beginning),
    signOut: async () => void (ctx.session = null),
    say: (kind, key: WordKey, params: Params = {}) => {
      // A page that stays where it is has told it already.
      if (!byToken(ctx) && !ctx.get('x-stays')) leaveNote(ctx, { kind, key, params });
    },
  };
}

/** What a connection ends with that is cut: src/web/edge/faults.ts keeps it out of the log. */
const clientLeft = () => Object.assign(new Error('the client has left'), { code: 'ECONNRESET' });

function leftBy({ res }: Context): AbortSignal {
  const left = new AbortController();
  res.once('close', () => !res.writableEnded && left.abort(clientLeft()));
  return left.signal;
}

/** A new session under a new id; the one before it ends, so that an id known from before is worth nothing. */
async function signIn(
  ctx: Context,
  signer: Signer,
  accountId: number,
  { greeting, logged }: Beginning = {},
): Promise<string> {
  const notes = greeting ? { notes: [{ kind: 'done', params: {}, ...greeting }] } : {};
  logWithSession(ctx, logged ?? null);
  ctx.session = { account: accountId, ...notes } as never;
  await (ctx.session as unknown as { regenerate(): Promise<void> }).regenerate();
  const id = sessionIdOf(ctx);
  if (!id) throw new Error('signed in without a session');
  return tokenOf(signer, id);
}
