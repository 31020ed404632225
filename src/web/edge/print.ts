import type { Context } from 'koa';
import { notFound } from '../../errors.ts';
import { hashToken } from '../../lib/secret.ts';
import { inLanguage } from '../../lib/words/index.ts';
import type { Answer, Page, Pouring, Text } from '../answer.ts';
import { API, isApi } from './bearer.ts';
import { sendBytes, type Sending } from './bytes.ts';
import { BYTES_POLICY, PREVIEW_POLICY } from './headers.ts';
import type { Follow } from './events.ts';
import { languageOf } from './language.ts';
import { takeNotes } from './notes.ts';
import { memberOf } from './session.ts';
import type { Views } from './views.ts';

export interface Printing extends Sending {
  views: Views;
  /** What every page says of the site. */
  about: Record<string, unknown>;
  csrf(ctx: Context): string;
  follow: Follow;
}

/** Prints an answer: as JSON for a script that asked so and where there is some, else as a page. */
export async function print(ctx: Context, printing: Printing, answer: Answer, wantsJson: boolean) {
  ctx.vary('Accept, Accept-Language, Cookie');
  ctx.set('Cache-Control', 'private, no-store');
  if (isApi(ctx) && !isForScripts(answer)) throw notFound();
  if (answer.kind === 'bytes') return sendBytes(ctx, printing, answer);
  if (answer.kind === 'pouring') return pour(ctx, answer);
  if (answer.kind === 'following') return printing.follow(ctx, answer);
  if (answer.kind === 'text') return printText(ctx, answer);
  if (answer.kind === 'see') {
    if (wantsJson && answer.json) {
      const { status, body } = answer.json;
      return printJson(ctx, status, () => body);
    }
    ctx.status = answer.status;
    ctx.set('Location', isApi(ctx) ? `${API}${answer.to}` : answer.to);
    return void (ctx.body = '');
  }
  if (wantsJson && answer.json) return printJson(ctx, answer.status, answer.json);
  return printPage(ctx, printing, answer);
}

function pour(ctx: Context, { type, stream, saveAs }: Pouring) {
  ctx.type = type;
  ctx.attachment(saveAs);
  ctx.set('Content-Security-Policy', BYTES_POLICY);
  ctx.body = stream;
}

/** For how long whoever has a feed need not ask again. */
const FEED_SECONDS = 300;

function printText(ctx: Context, { type, body, status, kept }: Text) {
  ctx.status = status;
  ctx.type = type;
  if (kept) {
    tag(ctx, body);
    ctx.lastModified = new Date(kept.changedAt);
    ctx.set('Cache-Control', kept.open ? `public, max-age=${FEED_SECONDS}` : 'private, no-cache');
    // The same for whoever asks, so that a cache between us keeps one copy and not one for each cookie.
    if (kept.open) ctx.remove('Vary');
    if (ctx.fresh) return void (ctx.status = 304);
  }
  return void (ctx.body = body);
}

/** Scripts get JSON, bytes, or another address of theirs: a page with a form is not there. */
const isForScripts = (answer: Answer): boolean =>
  answer.kind === 'bytes' ||
  answer.kind === 'pouring' ||
  answer.kind === 'see' ||
  answer.kind === 'following' ||
  (answer.kind === 'page' && answer.json !== undefined);

/** `make` answers what is said: what is spoken in it is spoken in the language of whoever asks. */
export function printJson(ctx: Context, status: number, make: () => unknown) {
  ctx.status = status;
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = inLanguage(languageOf(ctx), () => JSON.stringify(make()));
  if (isApi(ctx) && status === 200 && ctx.method !== 'POST') tellWhenSame(ctx, String(ctx.body));
}

/** A script that has a list as it is now is told so, and gets no second copy. Asking costs it a request all the same. */
function tellWhenSame(ctx: Context, body: string) {
  tag(ctx, body);
  ctx.vary('Authorization');
  ctx.set('Cache-Control', 'private, no-cache');
  if (ctx.fresh) ctx.status = 304;
}

/** Weak: the same text may travel packed or not. */
const tag = (ctx: Context, body: string) => void (ctx.etag = `W/"${hashToken(body).slice(0, 32)}"`);

export function printPage(ctx: Context, { views, about, csrf }: Printing, answer: Page, notes = takeNotes(ctx)) {
  const me = memberOf(ctx);
  const lang = languageOf(ctx);
  ctx.status = answer.status;
  ctx.type = 'text/html; charset=utf-8';
  if (answer.policy === 'preview') ctx.set('Content-Security-Policy', PREVIEW_POLICY);
  if (answer.policy === 'secret') {
    ctx.set('Referrer-Policy', 'no-referrer');
    ctx.set('X-Robots-Tag', 'noindex');
  }
  const locals = {
    ...answer.locals,
    title: answer.title,
    me: me && { username: me.username, role: me.role, unread: me.unread },
    csrf: csrf(ctx),
    path: ctx.path,
    here: ctx.url,
    flash: notes,
    site: about,
    lang,
  };
  ctx.body = inLanguage(lang, () => views(answer.view, locals));
}
