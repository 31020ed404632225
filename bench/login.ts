// What a sign-in costs beside bare argon2, and what twenty at once cost those who look at the feed.
// `node dist/bench/login.js [seconds of a round] [rounds]`; exit code 1 where a goal is missed.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { builtDir } from '../src/lib/root.ts';
import { fillGallery } from './support/gallery.ts';
import { lookAtFeed } from './support/looks.ts';
import { openBrowser, PASSWORD, registerMembers, signIn } from './support/members.ts';
import { median, percentile, report, type Result } from './support/report.ts';
import { startSite, type Running } from './support/servers.ts';

const [seconds = 2, rounds = 5] = process.argv.slice(2).map(Number);
const IMAGES = 200;
const SIGN_INS = 60;
/** Before the measurement: what has never run runs slower. */
const WARM = 20;
/** Share of a sign-in's time that is argon2. */
const ARGON2_GOAL = 0.9;
/** The feed may take twice as long. */
const FEED_GOAL = 0.5;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of processor that this process uses for some work: looking at passwords, which it does as the site does. */
async function processorOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * One after the other and in turn with bare argon2, so that what else happens on the machine befalls both. The clock also
 * counts the disk and whoever else wants a processor; the processor's time counts neither.
 */
async function compareWithArgon2(site: Running, hash: string): Promise<Result[]> {
  const browser = await openBrowser(site.base);
  for (let n = 0; n < WARM; n++) await signIn(browser, n);
  const whole: number[] = [];
  const bare: number[] = [];
  let bareCpu = 0;
  const siteCpu = await site.cpu();
  for (let n = 0; n < SIGN_INS; n++) {
    bareCpu += await processorOf(async () => bare.push(await timed(() => verify(hash, PASSWORD))));
    whole.push(await timed(() => signIn(browser, n)));
  }
  const wholeCpu = (await site.cpu()) - siteCpu;
  const ratio = median(bare.map((ms, n) => ms / (whole[n] ?? NaN)));
  const figures = `${median(bare).toFixed(1)} ms of ${median(whole).toFixed(1)}, p90 ${percentile(whole, 0.9).toFixed(1)}`;
  const [one, other] = [bareCpu / SIGN_INS, (1000 * wholeCpu) / SIGN_INS];
  return [
    { what: 'argon2, of a whole sign-in', ratio, goal: ARGON2_GOAL, figures },
    {
      what: '… of its processor time',
      ratio: one / other,
      goal: ARGON2_GOAL,
      figures: `${one.toFixed(1)} ms of ${other.toFixed(1)}`,
    },
  ];
}

async function startCrowd(base: string): Promise<ChildProcess> {
  const crowd = fork(join(builtDir, 'bench', 'support', 'crowd.js'), [base]);
  await once(crowd, 'message');
  return crowd;
}

/** Ends what the crowd does; answers how many have signed in. */
async function quieten(crowd: ChildProcess): Promise<number> {
  crowd.send('stop');
  const [{ signedIn }] = (await once(crowd, 'message')) as [{ signedIn: number }];
  return signedIn;
}

/** The feed's time without the crowd and with it, in turn. */
async function compareFeed({ base }: Running, cookie: string): Promise<Result[]> {
  const crowd = await startCrowd(base);
  try {
    await lookAtFeed(base, cookie, seconds);
    const quiet: number[][] = [];
    const busy: number[][] = [];
    let signedIn = 0;
    for (let round = 0; round < rounds; round++) {
      quiet.push(await lookAtFeed(base, cookie, seconds));
      crowd.send('go');
      busy.push(await lookAtFeed(base, cookie, seconds));
      signedIn += await quieten(crowd);
    }
    return [0.5, 0.99].map((share) => {
      const of = (looks: readonly number[][]) => looks.map((one) => percentile(one, share));
      const ratio = median(of(quiet).map((ms, n) => ms / (of(busy)[n] ?? NaN)));
      const figures = `${median(of(quiet)).toFixed(1)} ms alone, ${median(of(busy)).toFixed(1)} beside ${signedIn} sign-ins`;
      return { what: `the feed, p${share * 100}`, ratio, goal: FEED_GOAL, figures };
    });
  } finally {
    crowd.kill();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-bench-'));
try {
  const { cookie } = await fillGallery(folder, IMAGES);
  const hash = await registerMembers(folder);
  const site = await startSite(folder);
  try {
    const results = [...(await compareWithArgon2(site, hash)), ...(await compareFeed(site, cookie))];
    const load = loadavg()[0]?.toFixed(1) ?? '?';
    report(
      `Signing in, ${SIGN_INS} times; twenty at once, ${rounds} × ${seconds} s beside the feed; load ${load}`,
      results,
    );
  } finally {
    await site.end();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
