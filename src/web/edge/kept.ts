import type { Context, Middleware } from 'koa';
import type { Member } from '../../accounts/index.ts';
import { hashToken, randomToken } from '../../lib/secret.ts';
import type { Page } from '../answer.ts';
import { noteView } from '../note-view.ts';
import type { Site, Visit } from '../visit.ts';
import { wantsJson } from './faults.ts';
import { languageAsked } from './language.ts';
import { hasNote } from './notes.ts';
import { printPage, type Printing } from './print.ts';
import { createSharedPages, type SharedPages } from './shared-pages.ts';
import { memberOf, resumeSession, SESSION_COOKIE, sessionIdOf } from './session.ts';

/**
 * Pages that every visitor sees the same, or one member whenever they come back, printed once until anything in the database
 * changes, whoever changes it: what is turned private is gone with the next request. They are cut where the token of whoever
 * asks goes in. What is kept still counts as a view.
 */
export interface KeptPages {
  /**
   * The place of the page that is asked for; null where it is like no other: a script's, or one with a message. `hot`: all visitors ask
   * for it, so that the processes of a site share it where they can.
   */
  find(ctx: Context, visit: Visit, hot: boolean): Promise<Slot | null>;
  /** Answers with a page that is kept, before anybody looks who asks: for visitors, and for the session that it was made for. */
  first: Middleware;
}

interface Slot {
  /** Prints the page that is kept, where one is. */
  page: ((ctx: Context) => void) | null;
  /** Prints a page anew, and keeps it. */
  keep(ctx: Context, answer: Page): void;
}

/** Where a page is kept, and of which version of the database. */
interface Place {
  name: string;
  version: string;
  hot: boolean;
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

/** Each session has pages of its own, and the visitors theirs together, in each language. What a member chooses is a change of the database. */
const nameOf = (ctx: Context, session: string | null | undefined) =>
  `${session ? hashToken(session) : ''} ${languageAsked(ctx.get('accept-language'))} ${ctx.url}`;

/** Whether a page is asked for, by no script and with no message of a visitor's waiting. A member's waits in the database. */
const isPlain = (ctx: Context): boolean =>
  ctx.method === 'GET' && !ctx.get('authorization') && !hasNote(ctx) && !wantsJson(ctx);

type Around = Pick<Site, 'versions' | 'views' | 'links' | 'signer' | 'counts' | 'config'>;

/** SQLite, whose versions mean something to one process alone, has no other to share with. */
function sharedBy({ links, versions, signer, counts, config }: Around): SharedPages | null {
  if (!links.cache || versions.free) return null;
  const site = `${config.baseUrl} ${config.databaseUrl}`;
  const about = { signer, counts: counts.pages, site, longestMs: LONGEST_MS };
  return createSharedPages(links.cache, about);
}

export function createKeptPages(site: Around, printing: Printing): KeptPages {
  const shared = sharedBy(site);
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
    ctx.vary('Accept, Accept-Language, Cookie');
    ctx.set('Cache-Control', 'private, no-store');
    ctx.type = 'text/html; charset=utf-8';
    // What is packed on its way is text: a buffer would be taken for a file, which is packed once and as small as it gets.
    ctx.body = ctx.get('accept-encoding').includes('gzip') ? body.toString() : body;
  }

  function put(name: string, entry: Entry) {
    // The oldest goes: what is asked for again is printed again soon enough.
    if (entries.size >= MOST) entries.delete(entries.keys().next().value ?? '');
    entries.set(name, entry);
  }

  /** What another process has printed. */
  async function ofOthers(name: string, version: string): Promise<Entry | null> {
    const found = await shared?.find(name, version);
    if (!found) return null;
    const { page, ageMs } = found;
    const pieces = page.pieces.map((piece) => Buffer.from(piece));
    const entry = { version, madeAt: performance.now() - ageMs, route: page.route, pieces, member: null, viewOf: null };
    put(name, entry);
    return entry;
  }

  function keep(ctx: Context, answer: Page, { name, version, hot }: Place) {
    ctx.vary('Accept, Accept-Language, Cookie');
    ctx.set('Cache-Control', 'private, no-store');
    printPage(ctx, { ...printing, csrf: () => mark }, answer, []);
    const text = String(ctx.body);
    const pieces = text.split(mark);
    const entry = {
      version,
      madeAt: performance.now(),
      route: ctx.state['route'] as unknown,
      pieces: pieces.map((piece) => Buffer.from(piece)),
      member: memberOf(ctx),
      viewOf: answer.viewOf,
    };
    if (text.length <= LARGEST) put(name, entry);
    if (text.length <= LARGEST && hot) shared?.keep(name, { version, route: String(entry.route), pieces });
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
    async find(ctx, { wantsJson: asJson }, hot) {
      if (ctx.method !== 'GET' || asJson || ctx.url.length > LONGEST || hasNote(ctx)) return null;
      // Before anything is read: what is read later can only be newer than this says.
      const version = (ctx.state['version'] as string | null | undefined) ?? (await versionNow());
      if (version === null) return null;
      const name = nameOf(ctx, sessionIdOf(ctx));
      const own = entries.get(name);
      const entry = own && isFresh(own, version) ? own : hot ? await ofOthers(name, version) : null;
      return {
        page: entry && ((one) => again(one, entry)),
        keep: (one, answer) => keep(one, answer, { name, version, hot }),
      };
    },
  };
}
