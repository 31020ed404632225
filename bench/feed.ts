// Requests a second of the pages that are asked for most, beside bare Koa answering the same bytes with the same headers.
// `node dist/bench/feed.js [seconds of a round] [rounds]`; exit code 1 where a goal of the table is missed.
import { get } from 'node:https';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareAnswer } from './support/bare-koa.ts';
import { fillGallery, type Gallery } from './support/gallery.ts';
import { press, type Load, type Measured } from './support/load.ts';
import { median, report, type Result } from './support/report.ts';
import { startBare, startSite, type Running } from './support/servers.ts';

const IMAGES = 1000;
const [seconds = 2, rounds = 5] = process.argv.slice(2).map(Number);

interface Case extends Load {
  what: string;
  goal: number | null;
  file: string | null;
}

/** Makes an address that no page is kept under. */
const TOO_LONG = `n=${'0'.repeat(300)}`;
const PAGE = { accept: 'text/html' };

function casesOf({ cookie, imagePath, mediaPath, mediaFile }: Gallery, visitor: string): Case[] {
  const seen = { ...PAGE, cookie: visitor };
  const member = { ...PAGE, cookie };
  const page = { status: 200, file: null };
  return [
    { what: "a member's feed", path: '/images', headers: member, goal: 0.2, ...page },
    { what: 'the feed, page 40', path: '/images?page=40', headers: member, goal: null, ...page },
    { what: 'the feed as JSON', path: '/images', headers: { cookie, accept: 'application/json' }, goal: null, ...page },
    {
      what: 'the feed, gzipped',
      path: '/images',
      headers: { ...member, 'accept-encoding': 'gzip' },
      goal: null,
      ...page,
    },
    { what: 'home of visitors', path: '/', headers: seen, goal: 0.5, ...page },
    { what: 'the feed of visitors', path: '/images', headers: seen, goal: 0.5, ...page },
    { what: "an image's page", path: imagePath, headers: member, goal: 0.25, ...page },
    { what: "an image's page of visitors", path: imagePath, headers: seen, goal: 0.25, ...page },
    { what: "an image's page, made anew", path: `${imagePath}?${TOO_LONG}`, headers: member, goal: null, ...page },
    {
      what: 'a file of 100 kB',
      path: mediaPath,
      headers: { cookie: visitor },
      goal: null,
      status: 200,
      file: mediaFile,
    },
  ];
}

/** What Node writes by itself, and what it answers to the connection and not to the request. */
const OWN = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/** Asks the site once, as the load will, so that bare Koa can answer the very same; fetch would unpack what is gzipped. */
async function learn(site: Running, { path, headers, status, file }: Case): Promise<BareAnswer> {
  return new Promise((resolve, reject) => {
    get(site.base + path, { headers, rejectUnauthorized: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode !== status) return reject(new Error(`${path} answers ${answer.statusCode}`));
        const kept = Object.entries(answer.headers).filter(([name]) => !OWN.has(name));
        resolve({
          status,
          headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
          body: file ? '' : Buffer.concat(chunks).toString('base64'),
          file,
        });
      });
    }).on('error', reject);
  });
}

/** A visitor who has been here before brings the cookie that their forms are tied to. */
async function visitorCookie(site: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    get(site.base, { headers: PAGE, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve((answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '');
    }).on('error', reject);
  });
}

/** Both in turn, so that what else happens on the machine befalls both. */
async function compare(site: Running, bare: Running, one: Case): Promise<Result> {
  // The first answers come slowly, or not within the second at all: what counts is measured below.
  for (const server of [site, bare]) await press(server, one, Math.min(1, seconds)).catch(() => null);
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await press(site, one, seconds));
    theirs.push(await press(bare, one, seconds));
  }
  const of = (all: readonly Measured[], key: keyof Measured) => median(all.map((measured) => measured[key]));
  const ratio = median(ours.map(({ rate }, n) => rate / (theirs[n]?.rate ?? NaN)));
  const figures =
    `${of(ours, 'rate').toFixed(0)} of ${of(theirs, 'rate').toFixed(0)} a second, ` +
    `p50 ${of(ours, 'p50')} ms, p99 ${of(ours, 'p99')} ms, ` +
    `processor ${of(ours, 'cpuMs').toFixed(2)} ms of ${of(theirs, 'cpuMs').toFixed(2)}`;
  return { what: one.what, ratio, goal: one.goal, figures };
}

async function measure(folder: string, gallery: Gallery): Promise<Result[]> {
  const flags = process.env['BENCH_FLAGS']?.split(' ') ?? [];
  const site = await startSite(folder, { flags, tls: true, settings: { OPEN_GALLERY: 'yes' } });
  try {
    const only = process.env['BENCH_ONLY'] ?? '';
    const cases = casesOf(gallery, await visitorCookie(site)).filter(({ what }) => what.includes(only));
    const results: Result[] = [];
    for (const one of cases) {
      const answers = { [new URL(one.path, site.base).pathname]: await learn(site, one) };
      await writeFile(join(folder, 'answers.json'), JSON.stringify(answers));
      const bare = await startBare(join(folder, 'answers.json'), folder, join(folder, 'certs'));
      try {
        results.push(await compare(site, bare, one));
      } finally {
        await bare.end();
      }
    }
    return results;
  } finally {
    await site.end();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'bowerbird-bench-'));
try {
  const results = await measure(folder, await fillGallery(folder, IMAGES));
  report(
    `Feed of ${IMAGES} images, ${rounds} × ${seconds} s, 16 connections over TLS, share of bare Koa's rate`,
    results,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
