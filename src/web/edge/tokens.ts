import type { Context } from 'koa';
import { Refusal } from '../../errors.ts';
import { nonce, randomToken, type Signer } from '../../lib/secret.ts';

const COOKIE = '__Host-visitor';
const OPTIONS = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', overwrite: true, signed: false } as const;

/**
 * A token for the forms that go out in one session, or to one visitor: nothing of it is stored. Each page has another one
 * that is worth the same, since pages are packed: the same secret beside what a stranger chose would tell itself by the
 * length of the answer (BREACH).
 */
export function tokenOf(signer: Signer, holder: string): string {
  const page = nonce(9);
  return `${page}${signer.sign('csrf', `${page} ${holder}`)}`;
}

/** What stands in front of the code: twelve characters that make each page's token another one. */
const PAGE = 12;

/**
 * What a visitor's forms are tied to: a random id in a signed cookie, made when a page with a form is shown. Visitors get
 * no session row.
 */
export function visitorId(ctx: Context, signer: Signer, make: boolean): string | null {
  const made = ctx.state['visitor'] as string | undefined;
  if (made) return made;
  const [id, code] = (ctx.cookies.get(COOKIE, { signed: false }) ?? '').split('.');
  if (id && code && signer.verify('visitor', id, code)) return (ctx.state['visitor'] = id);
  if (!make) return null;
  const fresh = randomToken();
  ctx.cookies.set(COOKIE, `${fresh}.${signer.sign('visitor', fresh)}`, OPTIONS);
  return (ctx.state['visitor'] = fresh);
}

/** Compares the token of a form, or of the header, with the one that went out. */
export function checkToken(signer: Signer, holder: string | null, form: unknown, header: string) {
  const given = typeof form === 'string' && form ? form : header;
  if (!holder || !given || !signer.verify('csrf', `${given.slice(0, PAGE)} ${holder}`, given.slice(PAGE)))
    throw new Refusal(403, 'token', 'error.token');
}
