import type { Context, Middleware } from 'koa';
import { findToken, SCOPES, type Member, type Scope } from '../../accounts/index.ts';
import { Refusal } from '../../errors.ts';
import type { Route } from '../route.ts';
import type { Site } from '../visit.ts';

/** The addresses for scripts: those of the pages, with this before them. */
export const API = '/api/v1';

const UNDER_API = new RegExp(`^${API}(?:/|$)`, 'i');
export const isApi = (ctx: Context): boolean => UNDER_API.test(ctx.path);

export const bearerOf = (ctx: Context): string => BEARER.exec(ctx.get('authorization'))?.[1] ?? '';

const BEARER = /^bearer(?:\s+(\S*)\s*)?$/i;

/** Whether a token says who asks, or has to. Cookies then say nothing, and so no form needs the token of a page. */
export const byToken = (ctx: Context): boolean => isApi(ctx) || BEARER.test(ctx.get('authorization'));

/** Leaves a step out where a token says who asks. */
export const unlessByToken =
  (step: Middleware): Middleware =>
  (ctx, next) =>
    byToken(ctx) ? next() : step(ctx, next);

/** Of the account's own pages scripts have these; with the others one could take the account over, or read its traces. */
const OWN_PAGES = new Set(['/account', '/account/edit']);

/** What stands under that prefix alone tells of it, and asks nobody for a token. */
export const isOfApi = ({ path }: Pick<Route, 'path'>): boolean => UNDER_API.test(path);

/** Whether a token opens a route at all. */
export const openToTokens = ({ path, door }: Pick<Route, 'path' | 'door'>): boolean =>
  !isOfApi({ path }) && door !== 'fresh' && (!path.startsWith('/account') || OWN_PAGES.has(path));

/** What a token must be good for: reading, writing, or what only those in charge may do. */
const scopeOf = ({ method, path }: Route): Scope =>
  /^\/(?:admin|moderation)\b/.test(path) ? 'admin' : method === 'POST' ? 'write' : 'read';

/**
 * In whose name a token speaks.
 * @throws Refusal 401 without one or with one that is not known, 429 after too many of those, 403 where its scope ends
 */
export async function admitToken(ctx: Context, route: Route, site: Site): Promise<Member> {
  const token = bearerOf(ctx);
  const found = token ? await findToken(site.db, token) : undefined;
  if (!found) throw await unknown(ctx, token, site);
  if (!openToTokens(route)) throw new Refusal(403, 'session_only', 'error.token_never');
  const scope = scopeOf(route);
  if (SCOPES.indexOf(found.scope) < SCOPES.indexOf(scope)) {
    ctx.set('WWW-Authenticate', `Bearer error="insufficient_scope", scope="${scope}"`);
    throw new Refusal(403, 'scope', 'error.token_scope', { params: { scope } });
  }
  return found.member;
}

/** Wrong tokens are counted by network. Right ones never wait for them: nobody guesses 256 bits, and many share a network. */
async function unknown(ctx: Context, token: string, { limits }: Site): Promise<unknown> {
  ctx.set('WWW-Authenticate', token ? 'Bearer error="invalid_token"' : 'Bearer');
  if (!token) return new Refusal(401, 'sign_in', 'error.token_missing');
  const wrong = new Refusal(401, 'wrong_token', 'error.token_wrong');
  return limits
    .guess('token', { account: null, address: ctx.ip }, () => Promise.reject(wrong))
    .catch((error: unknown) => error);
}
