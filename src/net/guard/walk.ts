import { Refusal } from '../../errors.ts';
import type { WordKey } from '../../lib/words/index.ts';
import type { Fetched, FetchOptions } from '../index.ts';
import { ask, header, refererFor, type Answer, type Kind } from './ask.ts';
import type { Clock } from './clock.ts';
import { open, type Dial } from './dial.ts';
import { forbidden, Unreachable } from './failure.ts';
import { judge, type Rules, type Verdict } from './judge.ts';
import type { Places } from './places.ts';
import { receive, tooLarge, type CreateFile } from './receive.ts';
import { readTarget, type Target } from './target.ts';

/** What a walk needs and what all walks of a fetcher share. */
export interface Means {
  rules: Rules;
  places: Places;
  dial: Dial;
  ca: readonly string[];
  attemptMs: number;
  minBytesPerSecond: number;
  graceMs: number;
  create: CreateFile;
}

/** What is brought, and how it is asked for. */
export type Wanted = FetchOptions & { kind: Kind };

/** Where a walk is, for the log. */
export interface Trail {
  host: string;
  port: number;
  hops: number;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Goes from the first address over at most five redirects to the image and writes it down. Every hop is judged and dialled
 * anew, and waits for its place at that host.
 */
export async function walk(first: Target, options: Wanted, means: Means, clock: Clock, trail: Trail): Promise<Fetched> {
  const seen = new Set<string>();
  let target = first;
  let from: Verdict | null = null;
  for (;;) {
    seen.add(target.url.href);
    trail.host = target.host;
    trail.port = target.port;
    const verdict: Verdict = await judge(target, means.rules, clock.signal);
    // Else any page of the web could steer us into the network that FETCH_ALLOW opens for people.
    if (from && !from.listed && verdict.onlyByList) throw forbidden('allowed, but reached from one that is not');
    const step: Step = await visit(target, verdict, options, means, clock);
    if ('image' in step) return step.image;
    if (seen.has(step.next.url.href) || trail.hops === MOST_REDIRECTS)
      throw refusedStatus(step.status, 'fetch.redirects');
    trail.hops += 1;
    from = verdict;
    target = step.next;
  }
}

type Step = { image: Fetched } | { next: Target; status: number };

/** One hop: a place, a connection, a question; then the image or where to go next. Nothing of it stays open. */
async function visit(target: Target, verdict: Verdict, options: Wanted, means: Means, clock: Clock): Promise<Step> {
  const { signal } = clock;
  // The machine that is dialled is the host, so that many names of one machine do not add up.
  clock.stage = 'waiting';
  const leave = await means.places.take(String(verdict.addresses[0]), signal);
  clock.stage = 'reaching';
  try {
    const certifiedHost = target.secure ? { name: target.host, literal: target.literal !== null } : null;
    const way = { addresses: verdict.addresses, port: target.port, certifiedHost };
    const socket = await open(way, { ...means, signal });
    const answer = await ask(
      target,
      socket,
      { kind: options.kind, referer: refererFor(target, options.referer) },
      signal,
    );
    try {
      const next = redirectOf(answer, target);
      if (next) return { next, status: answer.status };
      clock.stage = 'receiving';
      return { image: await take(answer, target, options, means) };
    } finally {
      answer.close();
    }
  } finally {
    leave();
  }
}

/** Where an answer sends us; null where it does not. What may not be followed counts as not reached. */
function redirectOf(answer: Answer, from: Target): Target | null {
  const location = REDIRECTS.has(answer.status) ? header(answer, 'location') : null;
  if (location === null) return null;
  const next = readRedirect(location, from);
  if (from.secure && !next.secure) throw new Unreachable('a redirect from https to http');
  return next;
}

function readRedirect(location: string, from: Target): Target {
  try {
    return readTarget(location, from.url);
  } catch (error) {
    throw error instanceof Refusal ? new Unreachable('a redirect to what is no web address', { cause: error }) : error;
  }
}

async function take(answer: Answer, target: Target, options: FetchOptions, means: Means): Promise<Fetched> {
  checkHead(answer, options.maxBytes);
  const { file, maxBytes, progress } = options;
  const total = Number(header(answer, 'content-length') ?? 0) || null;
  const counted = (bytes: number) => progress?.(bytes, total);
  const received = await receive(answer.body, { ...means, file, maxBytes, counted });
  return { ...received, url: target.url.href, type: header(answer, 'content-type') };
}

/** What can be refused before the body is read. */
function checkHead(answer: Answer, maxBytes: number): void {
  // 206 is a part that nobody asked for; an image under 404 or 500 is the site's way of saying that there is none.
  if (answer.status < 200 || answer.status >= 300 || answer.status === 206)
    throw refusedStatus(answer.status, sentenceFor(answer.status));
  const encoding = header(answer, 'content-encoding')?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity')
    throw new Refusal(422, 'not_an_image', 'fetch.encoded', { params: { encoding: encoding.slice(0, 40) } });
  const length = Number(header(answer, 'content-length') ?? 0);
  if (length > maxBytes) throw tooLarge(maxBytes, length);
}

const refusedStatus = (status: number, key: WordKey) => new Refusal(422, 'http_status', key, { params: { status } });

function sentenceFor(status: number): WordKey {
  if (status === 401 || status === 403 || status === 451) return 'fetch.http_status_refused';
  if (status === 404 || status === 410) return 'fetch.http_status_missing';
  if (status === 429 || status === 503) return 'fetch.http_status_busy';
  return status >= 500 ? 'fetch.http_status_broken' : 'fetch.http_status';
}
