import type Koa from 'koa';
import type { Context } from 'koa';
import { createSession } from 'koa-session';
import {
  beginSession,
  endSession,
  sessionFinder,
  updateSession,
  type AuditEntry,
  type Member,
} from '../../accounts/index.ts';
import type { Config } from '../../config.ts';
import { takesNothing, type Db } from '../../db/index.ts';
import { randomToken } from '../../lib/secret.ts';
import { UNREAD } from '../../social/index.ts';
import { diskFull } from '../../storage/index.ts';

/** The session behind the id of a cookie, with how much its member has not read. */
export const findSession = sessionFinder(UNREAD);

export const SESSION_COOKIE = '__Host-session';
const COOKIE = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', overwrite: true, signed: false } as const;

/** What this request knows of its session; Koa keeps it in `ctx.state`. */
type Logged = Pick<AuditEntry, 'act' | 'detail'>;

interface State {
  /** Ids made for this request: only these may be inserted, all others only updated. */
  fresh?: Set<string>;
  sessionId?: string;
  /** What the row of a new session was begun with. */
  written?: string;
  /** What the log says of it. */
  logged?: Logged | null;
  member?: Member;
}

export const memberOf = (ctx: Context): Member | null => (ctx.state as State).member ?? null;
export const sessionIdOf = (ctx: Context): string | null => (ctx.state as State).sessionId ?? null;

/** What was found of a session in a database that has not changed since is found again. */
export const resumeSession = (ctx: Context, sessionId: string, member: Member | null) =>
  void Object.assign(ctx.state, { sessionId, ...(member && { member }) } satisfies State);

/** Has the session that this request begins written down in the log, in the transaction that inserts its row. */
export const logWithSession = (ctx: Context, logged: Logged | null) => void ((ctx.state as State).logged = logged);

/**
 * All that a session changes are its messages. A full disk, or a database that takes nothing new, must neither keep anybody from reading over one that is not
 * struck off, nor call a save failed over one that is not left.
 */
const unlessFull = (error: unknown) => {
  if (!diskFull(error) && !takesNothing(error)) throw error;
};

/**
 * Sessions as rows of the database under the hash of 256 random bits. koa-session saves with one call for new and old
 * alike; here an id that was not made in this very request is only ever updated, so that a session that was ended stays
 * ended when a slow request comes back with it.
 */
export function sessions(app: Koa, db: Db, { sessionIdleMs, sessionMs }: Config): Koa.Middleware {
  const store = {
    async get(id: string, _maxAge: number, { ctx }: { ctx: Context }) {
      const found = await findSession(db, id, sessionIdleMs);
      if (!found) return undefined;
      Object.assign(ctx.state, { member: found.member, sessionId: id } satisfies State);
      if (found.version !== null) ctx.state['version'] = found.version;
      return { account: found.member.id, ...found.data };
    },
    async set(id: string, { account, ...rest }: Record<string, unknown>, _maxAge: number, { ctx }: { ctx: Context }) {
      const data = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('_')));
      const state = ctx.state as State;
      const written = JSON.stringify(data);
      if (!state.fresh?.delete(id)) {
        // koa-session saves once more at the end of the request that has begun it.
        if (state.written === written) return;
        return updateSession(db, id, data).catch(unlessFull);
      }
      state.written = written;
      const device = { userAgent: ctx.get('user-agent'), address: ctx.ip };
      const { logged = null } = state;
      await beginSession(db, id, { accountId: Number(account), data, lifeMs: sessionMs, logged, ...device });
      state.sessionId = id;
      ctx.cookies.set(SESSION_COOKIE, id, { ...COOKIE, maxAge: sessionMs });
    },
    destroy: (id: string) => endSession(db, id),
  };
  const genid = (ctx: Context) => {
    const id = randomToken();
    ((ctx.state as State).fresh ??= new Set()).add(id);
    return id;
  };
  // The cookie is set where the row is inserted, and never by a late save of an older session.
  const externalKey = { get: (ctx: Context) => ctx.cookies.get(SESSION_COOKIE, { signed: false }), set: () => {} };
  return createSession({ ...COOKIE, key: SESSION_COOKIE, maxAge: sessionMs, store, genid, externalKey } as never, app);
}
