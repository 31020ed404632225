import type { Context, Middleware } from 'koa';
import type { Member } from '../../accounts/index.ts';
import { hashToken, randomToken } from '../../lib/secret.ts';
import type { Page } from '../answer.ts';
import { noteView } from '../note-view.ts';
import type { Site, Visit } from '../visit.ts';
import { wantsJson } from './faults.ts';
import { hasNote } from './notes.ts';
import { printPage, type Printing } from './print.ts';
import { memberOf, resumeSession, SESSION_COOKIE, sessionIdOf } from './session.ts';

/**
 * Pages that every visitor sees the same, or one member whenever they come back, printed once until anything in the database
 * changes, whoever changes it: what is turned private is gone with the next request. They are cut where the token of whoever
 * asks goes in. What is kept still counts as a view.
 */
export interface KeptPages {
  /** The place of the page that is asked for; null where it is like no other: a script's, or one with a message. */
  find(ctx: Context, visit: Visit): Promise<Slot | null>;
  /** Answers with a page that is kept, before anybody looks who asks: for visitors, and for the session that it was made for. */
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
  /** By `performance.now()`. */
  madeAt: number;
  /** For the log. */
  route: unknown;
  pieces: readonly Buffer[];
  member: Member | null;
  viewOf: number | null;
}

/** So many pages, of at most so many bytes each; a longer address is nobody's bookmark. */
const MOST = 200;
const LARGEST = 100_000;
const LONGEST = 300;
/** What a page says of the time it was made at, such as that a comment may still be changed, is wrong for no longer than this. */
const LONGEST_MS = 60_000;

/** Each session has pages of its own, and the visitors theirs together. */
const nameOf = (ctx: Context, session: string | null | undefined) => `${session ? hashToken(session) : ''} ${ctx.url}`;

/** Whether a page is asked for, by no script and with no message of a visitor's waiting. A member's waits in the database. */
const isPlain = (ctx: Context): boolean =>
  ctx.method === 'GET' && !ctx.get('authorization') && !hasNote(ctx) && !wantsJson(ctx);

export function createKeptPages(site: Pick<Site, 'versions' | 'views'>, printing: Printing): KeptPages {
  const entries = new Map<string, Entry>();
  /** Stands where a token goes; no page holds it by chance, nor because somebody wrote it. */
  const mark = `token-${randomToken()}`;

  // A database that does not answer is told of by what asks it next.
  const versionNow = () => site.versions.now().catch(() => null);

  const isFresh = ({ madeAt, version }: Entry, now: string | null) =>
    version === now && performance.now() - madeAt < LONGEST_MS;

  function again(ctx: Context, entry: Entry) {
    const device = { userAgent: ctx.get('user-agent'), address: ctx.ip };
    if (entry.viewOf !== null) noteView(site, entry.member, device, entry.viewOf);
    send(ctx, entry);
  }

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

  function keep(ctx: Context, answer: Page, name: string, version: string) {
    ctx.vary('Accept, Cookie');
    ctx.set('Cache-Control', 'private, no-store');
    printPage(ctx, { ...printing, csrf: () => mark }, answer, []);
    const text = String(ctx.body);
    const entry = {
      version,
      madeAt: performance.now(),
      route: ctx.state['route'] as unknown,
      pieces: text.split(mark).map((piece) => Buffer.from(piece)),
      member: memberOf(ctx),
      viewOf: answer.viewOf,
    };
    // The oldest goes: what is asked for again is printed again soon enough.
    if (entries.size >= MOST) entries.delete(entries.keys().next().value ?? '');
    if (text.length <= LARGEST) entries.set(name, entry);
    send(ctx, entry);
  }

  return {
    async first(ctx, next) {
      const session = ctx.cookies.get(SESSION_COOKIE, { signed: false });
      // Where it costs a question, a session's comes with the session.
      if (session && !site.versions.free) return next();
      const entry = entries.get(nameOf(ctx, session));
      // A session that has ended meanwhile is a change of the database as well.
      if (!entry || !isPlain(ctx)) return next();
      const version = await versionNow();
      if (!isFresh(entry, version)) {
        ctx.state['version'] = version;
        return next();
      }
      ctx.state['route'] = entry.route;
      if (session) resumeSession(ctx, session, entry.member);
      again(ctx, entry);
    },
    async find(ctx, { wantsJson: asJson }) {
      if (ctx.method !== 'GET' || asJson || ctx.url.length > LONGEST || hasNote(ctx)) return null;
      // Before anything is read: what is read later can only be newer than this says.
      const version = (ctx.state['version'] as string | null | undefined) ?? (await versionNow());
      if (version === null) return null;
      const name = nameOf(ctx, sessionIdOf(ctx));
      const entry = entries.get(name);
      return {
        page: entry && isFresh(entry, version) ? (one) => again(one, entry) : null,
        keep: (one, answer) => keep(one, answer, name, version),
      };
    },
  };
}
