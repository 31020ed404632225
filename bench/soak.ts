// `npm run soak -- MINUTES` (20): a site is used as people use one. Ends with 1 where an answer was wrong, memory grew, or something stayed open.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { picture } from '../test/support/pictures.ts';
import { family } from './support/memory.ts';
import { registerMembers } from './support/members.ts';
import { changes, countOf, openFiles, type OpenFiles } from './support/open-files.ts';
import { createPerson, openAgent } from './support/people.ts';
import { machine } from './support/report.ts';
import { startSite } from './support/servers.ts';
import { openWitness, registerUploaders } from './support/uploads.ts';

const MINUTES = Number(process.argv[2] ?? 20);
const PEOPLE = 4;
const SAMPLE_MS = 5000;
/** How much more memory the last quarter may take than the second. */
const MOST_GROWTH = 1.05;

interface Sample {
  /** Megabytes resident: of the site, and of its children. */
  site: number;
  children: number;
  files: number;
}

const residentMb = async (pid: number) => {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
};
async function look(pid: number): Promise<Sample> {
  const [site = 0, ...children] = await Promise.all((await family(pid)).map(residentMb));
  return { site, children: children.reduce((sum, mb) => sum + mb, 0), files: countOf(await openFiles(pid)) };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const quarter = (samples: readonly Sample[], n: number, of: (sample: Sample) => number) =>
  mean(samples.slice((n * samples.length) / 4, ((n + 1) * samples.length) / 4).map(of));

/** Serves pictures that nobody else has, by number. */
async function startOrigin() {
  const server = createServer((req, res) => {
    const seed = Number(/(\d+)\.jpg$/.exec(req.url ?? '')?.[1] ?? 0);
    void picture({ width: 800, height: 640, seed }).then((bytes) =>
      res.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, at: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-soak-'));
const tokens = await registerUploaders(folder, PEOPLE);
await registerMembers(folder);
const origin = await startOrigin();
const site = await startSite(folder, { settings: { LIMITS: 'off', FETCH_ALLOW: origin.at, LOG_LEVEL: 'error' } });
const witness = openWitness(folder);
const done = new Map<string, number>();
const wrong: string[] = [];
const samples: Sample[] = [];
let number = 1000;

async function use(until: number) {
  const agent = openAgent();
  const world = { base: site.base, next: () => ++number, freshAddress: () => `http://${origin.at}/${++number}.jpg` };
  const live = async (token: string, n: number) => {
    const person = createPerson(world, token, agent, n + 1);
    while (Date.now() < until)
      try {
        const act = await person();
        done.set(act, (done.get(act) ?? 0) + 1);
      } catch (error) {
        wrong.push((error as Error).message);
        if (wrong.length > 20) return;
      }
  };
  await Promise.all(tokens.map(live));
  await agent.close();
}

/** Nobody is there any more, and everything is made: what is open then is what stays open. */
async function filesAtRest(): Promise<OpenFiles> {
  await witness.finished();
  let least = await openFiles(site.pid);
  for (let n = 1; n < 20; n++) {
    await pause(1000);
    const files = await openFiles(site.pid);
    if (countOf(files) < countOf(least)) least = files;
  }
  return least;
}

try {
  // What is opened once and kept (connections of the database, an imaging child) is not counted.
  await use(Date.now() + 30_000);
  const before = await filesAtRest();
  done.clear();
  const sampling = setInterval(() => void look(site.pid).then((sample) => samples.push(sample)), SAMPLE_MS);
  await use(Date.now() + MINUTES * 60_000);
  clearInterval(sampling);
  const after = await filesAtRest();
  const growth = quarter(samples, 3, ({ site }) => site) / quarter(samples, 1, ({ site }) => site);
  const total = [...done.values()].reduce((sum, n) => sum + n, 0);
  const figures = [
    `${MINUTES} minutes, ${total} acts (${[...done].map(([act, n]) => `${n} ${act}`).join(', ')}), ${wrong.length} wrong`,
    `memory of the site by quarters: ${[0, 1, 2, 3].map((n) => quarter(samples, n, (sample) => sample.site).toFixed(0)).join(', ')} MB: ${growth.toFixed(3)} of the second in the last`,
    `of its children: ${[0, 1, 2, 3].map((n) => quarter(samples, n, (sample) => sample.children).toFixed(0)).join(', ')} MB`,
    `open files and connections: ${countOf(before)} before, at most ${Math.max(...samples.map(({ files }) => files))} meanwhile, ${countOf(after)} afterwards`,
    ...changes(before, after),
  ];
  const well = wrong.length === 0 && growth <= MOST_GROWTH && countOf(after) <= countOf(before);
  process.stdout.write(
    `\n${machine()}, load ${loadavg()[0]?.toFixed(1)}\n${figures.join('\n')}\n${[...new Set(wrong)].join('\n')}\n${well ? 'It holds.' : 'IT DOES NOT HOLD.'}\n`,
  );
  process.exitCode = well ? 0 : 1;
} finally {
  await witness.close();
  await site.end();
  origin.server.close();
  await rm(folder, { recursive: true, force: true });
}
