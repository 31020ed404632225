import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import { findToken } from '../../accounts/index.ts';
import { refusalJson } from '../../api/refusals.ts';
import { Refusal } from '../../errors.ts';
import type { Following, Look } from '../answer.ts';
import type { Site } from '../visit.ts';
import { bearerOf, byToken } from './bearer.ts';
import { wantsEvents } from './faults.ts';
import { countedAs } from './limits.ts';
import { printJson } from './print.ts';
import { findSession, memberOf, sessionIdOf } from './session.ts';

/** How long a stream goes on; a browser then asks again by itself, and shows anew who it is. */
const LIFE_MS = 2 * 60 * 1000;
/** Proxies cut what is silent for long. */
const SIGN_OF_LIFE_MS = 15_000;
/** Milliseconds after which a browser comes back. */
const RETRY_MS = 2000;
/** The id of the last event there will be: who comes back with it is told to stay away. */
const OVER = 'over';

/** Says how something goes on: as JSON how it is now, or as server-sent events until it is over. */
export type Follow = (ctx: Context, answer: Following) => Promise<void>;

export function createFollow(site: Site): Follow {
  const open = new Set<AbortController>();
  site.closing.addEventListener('abort', () => open.forEach((stream) => stream.abort()));

  return async (ctx, answer) => {
    const first = await answer.look();
    if (!wantsEvents(ctx)) return printJson(ctx, 200, () => first.json);
    if (first.over && ctx.get('last-event-id') === OVER) return void (ctx.status = 204);
    ctx.status = 200;
    ctx.type = 'text/event-stream; charset=utf-8';
    ctx.set('Cache-Control', 'private, no-store, no-transform');
    // nginx would keep back what is less than a page.
    ctx.set('X-Accel-Buffering', 'no');
    if (ctx.method === 'HEAD') return;
    const leave = site.limits.enter('streams', countedAs(memberOf(ctx), ctx.ip));
    const stream = new AbortController();
    open.add(stream);
    const wire = openWire(stream);
    ctx.body = wire.body;
    if (site.closing.aborted) stream.abort();
    void tell(site, ctx, answer, { first, wire, signal: stream.signal }).finally(() => {
      stream.abort();
      wire.body.end();
      open.delete(stream);
      leave();
    });
  };
}

interface Wire {
  body: PassThrough;
  send(event: string, data: unknown, over: boolean): void;
  /** Says that we are still there, when nothing else was said for a while. */
  live(): void;
}

function openWire(stream: AbortController): Wire {
  const body = new PassThrough();
  const tooOld = setTimeout(() => stream.abort(), LIFE_MS);
  body.on('error', () => {});
  body.once('close', () => {
    clearTimeout(tooOld);
    stream.abort();
  });
  let said = performance.now();
  const write = (text: string) => {
    said = performance.now();
    body.write(text);
  };
  write(`retry: ${RETRY_MS}\n\n`);
  return {
    body,
    send: (event, data, over) =>
      write(`event: ${event}\n${over ? `id: ${OVER}\n` : ''}data: ${JSON.stringify(data)}\n\n`),
    live: () => performance.now() - said > SIGN_OF_LIFE_MS && write(':\n\n'),
  };
}

interface Telling {
  first: Look;
  wire: Wire;
  signal: AbortSignal;
}

/** Looks at each ring, and every now and then, and says what has changed, until it is over or nobody listens. */
async function tell(site: Site, ctx: Context, answer: Following, { first, wire, signal }: Telling): Promise<void> {
  let said = '';
  const say = ({ json, over }: Look) => {
    const text = JSON.stringify(json);
    if (text === said) return wire.live();
    said = text;
    wire.send(answer.event, json, over);
  };
  say(first);
  try {
    for (let over = first.over; !over && !signal.aborted;) {
      const rung = site.bells.next(answer.bell, answer.everyMs, signal);
      if (!(await isStillIn(site, ctx))) return;
      const now = await answer.look();
      say(now);
      ({ over } = now);
      if (!over) await rung;
    }
  } catch (error) {
    // What could be seen a moment ago is there no more, or not for them.
    if (error instanceof Refusal) wire.send('gone', refusalJson(error), true);
    else if (!signal.aborted) site.log.error({ err: error }, 'bug in an event stream');
  }
}

/** Whether the session or the token that began it has not ended since: a stream is a request that goes on. */
async function isStillIn({ db, config }: Site, ctx: Context): Promise<boolean> {
  if (byToken(ctx)) return (await findToken(db, bearerOf(ctx))) !== undefined;
  const id = memberOf(ctx) && sessionIdOf(ctx);
  return id === null || (await findSession(db, id, config.sessionIdleMs)) !== undefined;
}
