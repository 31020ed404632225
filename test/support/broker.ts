import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate, openDb, type Dialect } from '../../src/db/index.ts';
import { startCluster, type Cluster } from './cluster.ts';

/** What a test asks for: a fresh migrated database, or the end of one. */
export type Request = { create: Dialect } | { drop: string };
export type Answer = { url: string } | { error: string };

/**
 * Hands out databases to the test files, which run in processes of their own. The templates, and PostgreSQL itself, are
 * made when the first test asks, so that a run without them does not pay for them.
 */
export interface Broker {
  /** The socket that tests write their requests to. */
  address: string;
  close(): Promise<void>;
}

interface Source {
  create(): Promise<string>;
  drop(url: string): Promise<void>;
  close(): Promise<void>;
}

async function migrateAt(url: string): Promise<void> {
  const db = openDb({ url });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

async function openSqlite(folder: string): Promise<Source> {
  const template = join(folder, 'template.sqlite');
  let count = 0;
  // The last connection to close writes the log back: the one file then holds everything.
  await migrateAt(`sqlite:${template}`);
  return {
    async create() {
      const file = join(folder, `${++count}.sqlite`);
      await copyFile(template, file);
      return `sqlite:${file}`;
    },
    async drop(url) {
      const file = url.slice('sqlite:'.length);
      for (const name of [file, `${file}-wal`, `${file}-shm`]) await rm(name, { force: true });
    },
    async close() {},
  };
}

/** The server that DATABASE_URL names, or our own. */
async function findCluster(): Promise<Cluster> {
  const url = process.env['DATABASE_URL'];
  return url?.startsWith('postgres') ? { url, stop: async () => {} } : startCluster();
}

function named(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

async function openPostgres(): Promise<Source> {
  const cluster = await findCluster();
  const admin = new Client({ connectionString: cluster.url });
  await admin.connect();
  const prefix = `bowerbird_test_${randomBytes(6).toString('hex')}`;
  const template = `${prefix}_template`;
  const alive = new Set<string>();
  const create = async (name: string, more = '') => {
    await admin.query(`CREATE DATABASE ${name} ${more}`);
    alive.add(name);
    return named(cluster.url, name);
  };
  const drop = async (name: string) => {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    alive.delete(name);
  };
  let count = 0;
  await migrateAt(await create(template));
  return {
    create: () => create(`${prefix}_${++count}`, `TEMPLATE ${template} STRATEGY FILE_COPY`),
    drop: (url) => drop(new URL(url).pathname.slice(1)),
    async close() {
      for (const name of alive) await drop(name);
      await admin.end();
      await cluster.stop();
    },
  };
}

/** One question a connection: the test ends its side after it. */
function answerOne(socket: Socket, serve: (request: Request) => Promise<Answer>): void {
  let question = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => (question += chunk));
  socket.on('error', () => socket.destroy()); // a test that was ended in the middle of its question wants no answer
  socket.on('end', async () => {
    const request = JSON.parse(question) as Request;
    const answer = await serve(request).catch((error: Error) => ({ error: error.stack ?? error.message }));
    socket.end(JSON.stringify(answer));
  });
}

/** Opens the broker's socket; nothing else is started yet. */
export async function openBroker(): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'databases-'));
  const address = join(folder, 'socket');
  const openers = { sqlite: () => openSqlite(folder), postgres: openPostgres };
  const sources: Partial<Record<Dialect, Promise<Source>>> = {};
  const serve = async (request: Request): Promise<Answer> => {
    const dialect = 'create' in request ? request.create : request.drop.startsWith('sqlite:') ? 'sqlite' : 'postgres';
    const source = await (sources[dialect] ??= openers[dialect]());
    if ('create' in request) return { url: await source.create() };
    await source.drop(request.drop);
    return { url: request.drop };
  };
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => answerOne(socket, serve));
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return {
    address,
    async close() {
      server.close();
      for (const opened of await Promise.allSettled(Object.values(sources)))
        if (opened.status === 'fulfilled') await opened.value.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
