// Files of 100 kB over TLS: the site itself, and the site behind nginx that sends them, beside nginx with nothing behind it.
// `node dist/bench/media.js [seconds of a round] [rounds]`; needs nginx; exit code 1 where a goal is missed.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NGINX, startNginx, type Proxy } from '../test/support/nginx.ts';
import { fillGallery } from './support/gallery.ts';
import { press, type Measured } from './support/load.ts';
import { median, report, type Result } from './support/report.ts';
import { startSite, type Running } from './support/servers.ts';

const [seconds = 2, rounds = 5] = process.argv.slice(2).map(Number);

interface Way {
  what: string;
  goal: number | null;
  base: string;
  path: string;
}

/** nginx's processes are not counted: what it takes shows in what is left. */
const asRunning = ({ base }: { base: string }): Running => ({
  base,
  pid: 0,
  cpu: async () => NaN,
  end: async () => {},
});

async function measure(ways: readonly Way[]): Promise<Result[]> {
  const load = ({ path }: Way) => ({ path, headers: {}, status: 200 });
  const rates = new Map<Way, Measured[]>(ways.map((way) => [way, []]));
  for (const way of ways) await press(asRunning(way), load(way), 1).catch(() => null);
  for (let round = 0; round < rounds; round++)
    for (const way of ways) rates.get(way)?.push(await press(asRunning(way), load(way), seconds));
  const [floor = []] = rates.values();
  return ways.map((way) => {
    const ours = rates.get(way) ?? [];
    const of = (key: keyof Measured) => median(ours.map((measured) => measured[key]));
    const ratio = median(ours.map(({ rate }, n) => rate / (floor[n]?.rate ?? NaN)));
    return {
      what: way.what,
      goal: way.goal,
      ratio,
      figures: `${of('rate').toFixed(0)} a second, p50 ${of('p50')} ms, p99 ${of('p99')} ms`,
    };
  });
}

if (!NGINX) throw new Error('nginx is not on this machine: apt install nginx-light');
const folder = await mkdtemp(join(tmpdir(), 'bowerbird-bench-'));
const proxies: Proxy[] = [];
const sites: Running[] = [];
try {
  // Each has a folder of its own: two processes never share a SQLite database.
  const [own, shared] = [join(folder, 'own'), join(folder, 'shared')];
  for (const part of [own, shared, join(folder, 'statics')]) await mkdir(part);
  const { mediaPath } = await fillGallery(own, 20);
  const alone = await startSite(own, { tls: true });
  sites.push(alone);
  const tls = { cert: join(own, 'certs', 'leaf.pem'), key: join(own, 'certs', 'leaf-key.pem') };
  const given = await fillGallery(shared, 20);
  const behind = await startSite(shared, { settings: { MEDIA: 'accel', TRUST_PROXY: '1' } });
  sites.push(behind);
  const statics = join(folder, 'statics');
  await copyFile(given.mediaFile, join(statics, 'file.jpg'));
  const upstream = new URL(behind.base).host;
  const media = join(shared, 'media');
  const plain = await startNginx({ upstream, media, tls, statics });
  proxies.push(plain);
  const results = await measure([
    { what: 'nginx alone', goal: null, base: plain.base, path: '/statics/file.jpg' },
    { what: 'the site alone', goal: 0.5, base: alone.base, path: mediaPath },
    { what: 'the site behind nginx', goal: 0.9, base: plain.base, path: given.mediaPath },
  ]);
  report(`Files of 100 kB, ${rounds} × ${seconds} s, 16 connections over TLS, share of nginx's rate`, results);
} finally {
  for (const running of [...proxies, ...sites]) await running.end();
  await rm(folder, { recursive: true, force: true });
}
