import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Desk } from '../../src/cli/desk.ts';
import { readConfig, type Config } from '../../src/config.ts';
import { migrate, openDb, type Db, type Dialect } from '../../src/db/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startSite } from '../../src/start.ts';
import { newKey } from '../../src/storage/index.ts';
import { freshDatabase } from './databases.ts';
import { CHEAP } from './hashing.ts';
import { plantMany, plantMember } from './plant.ts';
import { BASE, Visitor } from './site.ts';

/** A machine without a site: an empty folder, and an empty database. */
export interface Machine {
  config: Config;
  db: Db;
  desk: Desk;
  /** What was printed. */
  lines: string[];
  end(): Promise<void>;
}

export async function openMachine(dialect: Dialect, env: Record<string, string> = {}): Promise<Machine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bowerbird-machine-'));
  const database = dialect === 'postgres' ? await freshDatabase(dialect) : null;
  const settings = { DATA_DIR: dataDir, TLS: 'off', BASE_URL: BASE, LIMITS: 'off', WORKERS: '1', ...env };
  const config = readConfig({ ...settings, ...(database ? { DATABASE_URL: database.url } : {}) });
  const db = openDb({ url: config.databaseUrl });
  await migrate(db);
  const lines: string[] = [];
  return {
    config,
    db,
    desk: deskOf(config, db, lines),
    lines,
    async end() {
      await db.destroy();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const deskOf = (config: Config, db: Db, lines: string[] = []): Desk => ({
  config,
  db,
  print: (line) => void lines.push(line),
  input: Readable.from([]),
  progress: () => {},
  ask: () => {},
});

/** The site of a machine, running on loopback. */
export async function startOn(config: Config) {
  const running = await startSite(config, silentLog, { fetching: { floorMs: 0 }, hashing: CHEAP });
  const server = createServer(running.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...running,
    visitor: () => new Visitor(server),
    async end() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await running.close();
    },
  };
}

/** Plants a member with so many images, each with a small original whose bytes are kept; answers the images’ numbers. */
export async function plantKept(db: Db, dataDir: string, name: string, many: number): Promise<number[]> {
  const ids = await plantMany(db, await plantMember(db, name), many, { more: { title: 'Kept’s “own” 🪺' } });
  for (let at = 0; at < ids.length; at += 200) {
    const rows = ids.slice(at, at + 200).map((id) => ({ id, key: newKey(), bytes: randomBytes(300) }));
    for (const { key, bytes } of rows) {
      const path = join(dataDir, 'media', key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    await db('files').insert(
      rows.map(({ id, key, bytes }) => ({
        image_id: id,
        tier: 'original',
        storage_key: key,
        public_key: key.slice(6, 49),
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        type: 'image/jpeg',
        width: 400,
        height: 300,
      })),
    );
  }
  return ids;
}
