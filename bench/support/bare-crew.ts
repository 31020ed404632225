// So many processes on one port, as the site's own are, which each hash for a while and then answer the bytes of a file.
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import Koa from 'koa';
import { hashTimes } from './hashes.ts';

const [port, processes, hashes, file = ''] = process.argv.slice(2);

function lead() {
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  for (let n = 0; n < Number(processes); n++) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
    process.exit(0);
  });
}

function answer() {
  const bytes = readFileSync(file);
  const app = new Koa();
  app.use((ctx) => {
    if (ctx.path !== '/healthz') hashTimes(Number(hashes));
    ctx.type = 'html';
    ctx.body = bytes;
  });
  app.listen(Number(port), '127.0.0.1');
}

if (cluster.isPrimary) lead();
else answer();
