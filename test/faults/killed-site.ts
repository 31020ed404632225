// A site of its own that ends itself, without a chance to tidy up, at the point of a save that it is told.
import { mkdir, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type sqlite3 from 'sqlite3';
import { readConfig } from '../../src/config.ts';
import type { Step } from '../../src/images/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Storage } from '../../src/storage/index.ts';
import { startSite } from '../../src/start.ts';

/** A store that moves files to their names and waits for no disk. */
const hasty = (storage: Storage, folder: string): Storage => ({
  ...storage,
  async keep(key, file) {
    await mkdir(join(folder, dirname(key)), { recursive: true });
    await rename(file, join(folder, key));
  },
});

/** As knex keeps them. */
interface Pool {
  free: { resource: sqlite3.Database }[];
  on(event: 'createSuccess', heard: (id: number, connection: sqlite3.Database) => void): void;
}

let point: Step | undefined;
let fate: NodeJS.Signals = 'SIGKILL';
process.on('disconnect', () => process.exit(1));

const config = readConfig(process.env);
const { handler, site } = await startSite(config, silentLog, {
  ...(process.env['STORE'] && { storage: { around: (storage) => hasty(storage, join(config.dataDir, 'media')) } }),
  fetching: { floorMs: 0 },
  // A dead worker's jobs come back after a moment.
  jobs: { leaseMs: 900, pollMs: 100, backoff: { firstMs: 200, maxMs: 1000 } },
  step: (name) => {
    if (name !== point) return;
    point = undefined;
    process.kill(process.pid, fate);
  },
});
const careless = process.env['SYNCHRONOUS'];
if (careless) {
  // What a power cut must be able to take away, or it was none. Each connection sets it for itself.
  const { pool } = site.db.client as { pool: Pool };
  const set = (connection: sqlite3.Database) => void connection.exec(`PRAGMA synchronous = ${careless}`);
  for (const { resource } of pool.free) set(resource);
  pool.on('createSuccess', (_id, connection) => set(connection));
}

type Told = { point: Step; fate?: NodeJS.Signals } | { sql: string } | { aheadMs: number };

const TrueDate = Date;
/** Puts this process's clock forward or back. */
function setClock(aheadMs: number) {
  const now = () => TrueDate.now() + aheadMs;
  globalThis.Date = class extends TrueDate {
    constructor(...args: [] | [number | string | Date]) {
      super(...((args.length === 0 ? [now()] : args) as [number]));
    }
    static override now = now;
  } as DateConstructor;
}
if (process.env['AHEAD_MS']) setClock(Number(process.env['AHEAD_MS']));

/** A point to die or to stand still at, or what a test asks of a database that it cannot reach itself. */
process.on('message', async (message: Told) => {
  if ('point' in message) ({ point, fate = 'SIGKILL' } = message);
  if ('aheadMs' in message) setClock(message.aheadMs);
  process.send?.({ rows: 'sql' in message ? await site.db.raw(message.sql) : [] });
});
const server = createServer(handler);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
