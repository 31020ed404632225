import type { Context, Middleware } from 'koa';
import type { Versions } from '../../db/index.ts';
import { randomToken } from '../../lib/secret.ts';
import type { Page } from '../answer.ts';
import type { Visit } from '../visit.ts';
import { wantsJson } from './faults.ts';
import { hasNote } from './notes.ts';
import { printPage, type Printing } from './print.ts';
import { SESSION_COOKIE } from './session.ts';

/**
 * Pages that every visitor sees the same, printed once until anything in the database changes, whoever changes it: what is
 * turned private is gone with the next request. They are cut where each visitor's own token goes in.
 */
export interface KeptPages {
  /** The place of the page that is asked for; null where it is somebody's own: a member's, a script's, or one with a message. */
  find(ctx: Context, visit: Visit): Promise<Slot | null>;
  /** Answers with a page that is kept, before anybody looks who asks: it is for whoever brings nothing to be known by. */
  first: Middleware;
}

interface Slot {
  /** Prints the page that is kept, where one is. */
  page: ((ctx: Context) => void) | null;
  /** Prints a page anew, and keeps it. */
  keep(ctx: Context, answer: Page): void;
}

interface Entry {
  version: string;
  /** For the log. */
  route: unknown;
  pieces: readonly Buffer[];
}

/** So many pages, of at most so many bytes each; a longer address is nobody's bookmark. */
const MOST = 200;
const LARGEST = 100_000;
const LONGEST = 300;

/** Whether a request is certainly a visitor's, for a page: it brings no session, no token and no message. */
const isPlain = (ctx: Context): boolean =>
  ctx.method === 'GET' &&
  !ctx.get('authorization') &&
  !ctx.get('cookie').includes(SESSION_COOKIE) &&
  !hasNote(ctx) &&
  !wantsJson(ctx);

export function createKeptPages(versions: Versions, printing: Printing): KeptPages {
  const entries = new Map<string, Entry>();
  /** Stands where a token goes; no page holds it by chance, nor because somebody wrote it. */
  const mark = `token-${randomToken()}`;

  // A database that does not answer is told of by what asks it next.
  const versionNow = () => versions.now().catch(() => null);

  function send(ctx: Context, { pieces }: Entry) {
    const token = Buffer.from(printing.csrf(ctx));
    const body = Buffer.concat(pieces.flatMap((piece, n) => (n === 0 ? [piece] : [token, piece])));
    ctx.status = 200;
    ctx.vary('Accept, Cookie');
    ctx.set('Cache-Control', 'private, no-store');
    ctx.type = 'text/html; charset=utf-8';
    // What is packed on its way is text: a buffer would be taken for a file, which is packed once and as small as it gets.
    ctx.body = ctx.get('accept-encoding').includes('gzip') ? body.toString() : body;
  }

  function keep(ctx: Context, answer: Page, version: string) {
    ctx.vary('Accept, Cookie');
    ctx.set('Cache-Control', 'private, no-store');
    printPage(ctx, { ...printing, csrf: () => mark }, answer, []);
    const text = String(ctx.body);
    const entry = {
      version,
      route: ctx.state['route'] as unknown,
      pieces: text.split(mark).map((piece) => Buffer.from(piece)),
    };
    // The oldest goes: what is asked for again is printed again soon enough.
    if (entries.size >= MOST) entries.delete(entries.keys().next().value ?? '');
    if (text.length <= LARGEST) entries.set(ctx.url, entry);
    send(ctx, entry);
  }

  return {
    async first(ctx, next) {
      const entry = entries.get(ctx.url);
      if (!entry || !isPlain(ctx) || (await versionNow()) !== entry.version) return next();
      ctx.state['route'] = entry.route;
      send(ctx, entry);
    },
    async find(ctx, { member, wantsJson: asJson }) {
      if (ctx.method !== 'GET' || member || asJson || ctx.url.length > LONGEST || hasNote(ctx)) return null;
      // Before anything is read: what is read later can only be newer than this says.
      const version = await versionNow();
      if (version === null) return null;
      const entry = entries.get(ctx.url);
      return {
        page: entry?.version === version ? (one) => send(one, entry) : null,
        keep: (one, answer) => keep(one, answer, version),
      };
    },
  };
}
