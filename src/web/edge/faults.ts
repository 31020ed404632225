import type Koa from 'koa';
import type { Context } from 'koa';
import { refusalJson } from '../../api/refusals.ts';
import { saysMoved, saysReadOnly } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import type { Log } from '../../lib/log.ts';
import { say } from '../../lib/words/index.ts';
import { diskFull } from '../../storage/index.ts';
import { page } from '../answer.ts';
import { AdminsOnly, ConfirmFirst, SecondFactorFirst, SignInFirst } from '../doors.ts';
import { byToken, isApi } from './bearer.ts';
import { printJson, printPage, type Printing } from './print.ts';

/** Whether events are wanted: what a page's EventSource asks for. */
export const wantsEvents = (ctx: Context): boolean => /\btext\/event-stream\b/i.test(ctx.get('accept'));

/** Whether a script asks. Under /api/v1 nobody else does, and with a token only who says so wants a page. */
export const wantsJson = (ctx: Context): boolean =>
  isApi(ctx) ||
  wantsEvents(ctx) ||
  (byToken(ctx) ? ctx.accepts('json', 'html') : ctx.accepts('html', 'json')) === 'json';

/** What a client does when it leaves in the middle; nobody is there to be told. */
const GONE = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_EOF_STATE',
  'ERR_HTTP2_STREAM_CANCEL',
]);

/** The outermost step: turns a Refusal into its sentence and a bug into a 500 that says no more than a number to quote. */
export function faults(printing: Printing, log: Log, ownOrigin: string): Koa.Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && !ctx.body) throw new Refusal(404, 'not_found', 'error.not_found');
    } catch (error) {
      const refusal = error instanceof Refusal ? error : asBug(ctx, error, log);
      ctx.state['refused'] = refusal.code;
      if (refusal.code === 'store_away') log.error({ ...about(ctx), err: refusal.cause }, 'a store is away');
      answerRefusal(ctx, printing, refusal, ownOrigin);
    }
  };
}

/** Which request it was, for the log. */
const about = (ctx: Context) => ({
  request: { id: ctx.state['requestId'] as string, method: ctx.method, path: ctx.path },
});

function asBug(ctx: Context, error: unknown, log: Log): Refusal {
  const { code, status } = error as { code?: string; status?: number };
  const { request } = about(ctx);
  if (status !== undefined && status >= 400 && status < 500)
    return new Refusal(400, 'bad_request', 'upload.form', { cause: error });
  const full = diskFull(error);
  if (full) log.error({ request, err: error }, 'no room left on the disk');
  if (full) return full;
  if (saysReadOnly(error)) {
    log.error({ request, err: error }, 'nothing can be written');
    return new Refusal(503, 'read_only', 'error.read_only', { retryAfter: READ_ONLY_S, cause: error });
  }
  if (saysMoved(error)) return new Refusal(503, 'moving', 'error.moving', { retryAfter: MOVING_S, cause: error });
  if ((ctx.req.aborted || !ctx.writable) && GONE.has(String(code))) log.debug({ request, code }, 'client left');
  else log.error({ request, err: error }, 'bug');
  return new Refusal(
    busy(error) ? 503 : 500,
    busy(error) ? 'busy' : 'bug',
    busy(error) ? 'error.busy' : 'error.bug',
    busy(error) ? { retryAfter: 5 } : {},
  );
}

/** How long it may take until the site is started again with the database that it was moved into. */
const MOVING_S = 60;

const READ_ONLY_S = 60;

/** How a database says that it is away, starting, stopping, full of others or held up by them: no bug of ours, and it passes. */
const BUSY = new Set(
  'SQLITE_BUSY ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT 40001 40P01 53300 57P01 57P02 57P03'.split(' '),
);
/** Where a connection breaks, PostgreSQL's driver has words and no code. */
const BROKEN = /Connection (terminated|ended)|Client has encountered a connection error/;

const busy = (error: unknown): boolean => {
  const { name, code, message = '' } = error as { name?: string; code?: string; message?: string };
  return name === 'KnexTimeoutError' || BUSY.has(String(code)) || BROKEN.test(message);
};

function answerRefusal(ctx: Context, printing: Printing, refusal: Refusal, ownOrigin: string) {
  ctx.set('Cache-Control', 'private, no-store');
  ctx.vary('Accept, Accept-Language, Cookie');
  if (refusal.retryAfter) ctx.set('Retry-After', String(refusal.retryAfter));
  if (wantsJson(ctx)) return printJson(ctx, refusal.status, () => refusalJson(refusal));
  if (refusal instanceof SignInFirst) return sendTo(ctx, '/account/login', ownOrigin);
  if (refusal instanceof SecondFactorFirst) return sendTo(ctx, '/account/two-factor', ownOrigin);
  if (refusal instanceof ConfirmFirst) return sendTo(ctx, '/account/again', ownOrigin);
  if (refusal instanceof AdminsOnly) return see(ctx, '/account');
  const locals = {
    status: refusal.status,
    heading: say(
      refusal.status === 404 ? 'error.heading_404' : refusal.status >= 500 ? 'error.heading_500' : 'error.heading',
    ),
    sentence: refusal.said,
    requestId: refusal.status >= 500 ? (ctx.state['requestId'] as string) : null,
    back: null,
  };
  const answer = page('error', locals, { status: refusal.status, title: locals.heading });
  // The session is written by now: messages wait for a page that can strike them off.
  return printPage(ctx, printing, answer, []);
}

/** Pages that need proof of somebody send where it is given and back: to themselves, or after a POST to the page it came from. */
function sendTo(ctx: Context, asking: string, ownOrigin: string) {
  const from = ctx.method === 'GET' || ctx.method === 'HEAD' ? ctx.url : ownReferrer(ctx, ownOrigin);
  see(ctx, `${asking}${from ? `?next=${encodeURIComponent(from)}` : ''}`);
}

function see(ctx: Context, to: string) {
  ctx.status = 303;
  ctx.set('Location', to);
  ctx.body = '';
}

function ownReferrer(ctx: Context, ownOrigin: string): string | null {
  const referrer = ctx.get('referer');
  if (!URL.canParse(referrer)) return null;
  const url = new URL(referrer);
  return url.origin === ownOrigin ? url.pathname + url.search : null;
}
