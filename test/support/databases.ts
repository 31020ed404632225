import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { openDb, type Db, type Dialect } from '../../src/db/index.ts';
import type { Answer, Request } from './broker.ts';

export interface FreshDatabase {
  /** As DATABASE_URL takes it: `sqlite:/path` or `postgres://…`. */
  url: string;
  /** Removes it, whoever still uses it. */
  drop(): Promise<void>;
}

export interface OpenOptions {
  /** Connections at most; one on SQLite and four on PostgreSQL when left out. */
  connections?: number;
}

/** Opens a fresh migrated database; it is closed and dropped after the test, or after the block when `beforeAll` opened it. */
export type Open = (options?: OpenOptions) => Promise<Db>;

async function ask(request: Request): Promise<string> {
  const address = process.env['BOWERBIRD_TEST_DATABASES'];
  if (!address) throw new Error('no databases to hand out: run the tests with `node test/run.mjs`');
  const socket = connect(address);
  socket.end(JSON.stringify(request));
  const answer = (await json(socket)) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return answer.url;
}

/** A fresh migrated database for tests that start whole processes on it. */
export async function freshDatabase(dialect: Dialect): Promise<FreshDatabase> {
  const url = await ask({ create: dialect });
  return {
    url,
    async drop() {
      await ask({ drop: url });
    },
  };
}

const NAMES: Record<Dialect, string> = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
// With one connection on SQLite a query that slips past its transaction waits for ever, and says so after two seconds.
const CONNECTIONS: Record<Dialect, number> = { sqlite: 1, postgres: 4 };
const ACQUIRE_TIMEOUT_MS = 2000;

/** Describes the same tests for one database; call it where jest expects a `describe`. */
export function onDatabase(dialect: Dialect, body: (open: Open, dialect: Dialect) => void): void {
  describe(`on ${NAMES[dialect]}`, () => {
    const openedBefore: (() => Promise<void>)[] = [];
    const openedInTest: (() => Promise<void>)[] = [];
    let inTest = false;
    const closeAll = async (closers: (() => Promise<void>)[]) => {
      for (const close of closers.splice(0).reverse()) await close();
    };
    beforeEach(() => {
      inTest = true;
    });
    body(async ({ connections = CONNECTIONS[dialect] } = {}) => {
      const { url, drop } = await freshDatabase(dialect);
      const db = openDb({ url, connections, acquireTimeoutMs: ACQUIRE_TIMEOUT_MS });
      (inTest ? openedInTest : openedBefore).push(async () => {
        await db.destroy();
        await drop();
      });
      return db;
    }, dialect);
    // Registered last, so that the hooks of the tests themselves still find their database open.
    afterEach(async () => {
      inTest = false;
      await closeAll(openedInTest);
    });
    afterAll(() => closeAll(openedBefore));
  });
}

/**
 * Describes the same tests once for each database:
 * `eachDatabase((open) => { test('…', async () => { const db = await open(); … }); });`
 */
export function eachDatabase(body: (open: Open, dialect: Dialect) => void): void {
  onDatabase('sqlite', body);
  onDatabase('postgres', body);
}
