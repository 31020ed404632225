// A site of its own that ends itself, without a chance to tidy up, at the point of a save that it is told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '../../src/config.ts';
import type { Step } from '../../src/images/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { startSite } from '../../src/start.ts';

let point: Step | undefined;
process.on('disconnect', () => process.exit(1));

const { handler, site } = await startSite(readConfig(process.env), silentLog, {
  fetching: { floorMs: 0 },
  // A dead worker's jobs come back after a moment.
  jobs: { leaseMs: 900, pollMs: 100, backoff: { firstMs: 200, maxMs: 1000 } },
  step: (name) => {
    if (name === point) process.kill(process.pid, 'SIGKILL');
  },
});
/** A point to die at, or what a test asks of a database that it cannot reach itself. */
process.on('message', async (message: { point: Step } | { sql: string }) => {
  if ('point' in message) ({ point } = message);
  process.send?.({ rows: 'sql' in message ? await site.db.raw(message.sql) : [] });
});
const server = createServer(handler);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
