import { networkInterfaces } from 'node:os';
import { Refusal } from '../../errors.ts';
import type { Log } from '../../lib/log.ts';
import type { Fetched, Fetcher } from '../index.ts';
import type { Interfaces } from './address.ts';
import { keepFloor, startClock, type Clock } from './clock.ts';
import { dialTcp, type Dial } from './dial.ts';
import { BrokenOff, Closing, OutOfTime, reasonOf, tooSlow, Unreachable } from './failure.ts';
import type { AllowEntry, DenyEntry } from './lists.ts';
import { createGate, type GateLimits } from './gate.ts';
import { createPlaces } from './places.ts';
import { createFile, type CreateFile } from './receive.ts';
import { createNames } from './resolve.ts';
import { readTarget, type Target } from './target.ts';
import { walk, type Means, type Trail, type Wanted } from './walk.ts';

export interface FetcherOptions {
  allow: readonly AllowEntry[];
  deny: readonly DenyEntry[];
  /** One deadline over everything: names, connecting, TLS, redirects, the body. */
  timeoutMs: number;
  /** `ip:port`; empty for the system's. */
  dnsServers: readonly string[];
  /** The site's own ports, refused everywhere. */
  ownPorts: readonly number[];
  log: Log;
  /** The least average speed of a body, once `graceMs` are over: 4 kB a second after 5 s. */
  minBytesPerSecond?: number;
  graceMs?: number;
  /** The least time that `unreachable` takes: 300 ms and up to a third more. */
  floorMs?: number;
  /** Authorities (PEM) that are trusted besides the usual ones. */
  ca?: readonly string[];
  /** The one place where a packet leaves: tests watch it, or lead it to an origin of their own. */
  dial?: Dial;
  interfaces?: () => Interfaces;
  createFile?: CreateFile;
  /** How many fetches go at once, and how many wait. */
  gate?: Partial<GateLimits>;
}

const MOST_AT_A_HOST = 2;
const GATE: GateLimits = { most: 24, each: 2, waiting: 500, waitingEach: 50 };

/** The one guarded way out to the web. Two fetchers share nothing. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const means = meansOf(options);
  const gate = createGate({ ...GATE, ...options.gate });
  const going = new Map<Clock, Promise<Fetched>>();
  let closed = false;
  let unowned = 0;

  async function bring(url: string, wanted: Wanted): Promise<Fetched> {
    if (closed) throw new Error('the fetcher is closed');
    wanted.signal?.throwIfAborted();
    const first = readTarget(url);
    // Before the clock: whoever waits for their own turn has done nothing slowly.
    const leave = await gate.enter(wanted.whose ?? `nobody ${++unowned}`, wanted.watch, wanted.signal);
    const clock = startClock(options.timeoutMs, wanted.signal);
    const fetched = guarded(first, wanted, clock).finally(() => {
      clock.stop();
      going.delete(clock);
      leave();
    });
    going.set(clock, fetched);
    return fetched;
  }

  async function guarded(first: Target, wanted: Wanted, clock: Clock): Promise<Fetched> {
    const began = performance.now();
    const trail: Trail = { host: first.host, port: first.port, hops: 0 };
    try {
      return await walk(first, wanted, means, clock, trail);
    } catch (error) {
      const told = toldOf(error, clock);
      if (told instanceof Refusal) note(options.log, told, error, trail);
      if (told instanceof Refusal && told.code === 'unreachable')
        await keepFloor(began, options.floorMs ?? 300, wanted.signal);
      throw told;
    }
  }

  async function close(): Promise<void> {
    closed = true;
    gate.close(new Closing());
    const ending = [...going.values()];
    for (const clock of going.keys()) clock.close();
    await Promise.allSettled(ending);
  }

  return {
    fetchImage: (url, wanted) => bring(url, { ...wanted, kind: 'image' }),
    fetchPage: (url, wanted) => bring(url, { ...wanted, kind: 'page' }),
    close,
  };
}

function meansOf(options: FetcherOptions): Means {
  const { allow, deny, ownPorts, timeoutMs } = options;
  // A third each for names and for one address leaves time for a second address and for the answer.
  const third = Math.min(5000, timeoutMs / 3);
  return {
    rules: {
      allow,
      deny,
      ownPorts,
      names: createNames(options.dnsServers, third),
      interfaces: options.interfaces ?? networkInterfaces,
    },
    places: createPlaces(MOST_AT_A_HOST),
    dial: options.dial ?? dialTcp,
    ca: options.ca ?? [],
    attemptMs: third,
    minBytesPerSecond: options.minBytesPerSecond ?? 4096,
    graceMs: options.graceMs ?? 5000,
    create: options.createFile ?? createFile,
  };
}

/** What is told about a failure. A bug, or the caller's own giving up, goes through as it is. */
function toldOf(error: unknown, clock: Clock): unknown {
  const outOfTime = clock.signal.reason instanceof OutOfTime;
  if (clock.signal.aborted && !outOfTime) return clock.signal.reason;
  if (error instanceof Refusal) return error;
  if (outOfTime) return clock.stage === 'reaching' ? unreachable(error) : tooSlow(error);
  if (error instanceof BrokenOff) return new Refusal(422, 'broken', 'fetch.broken_off', { cause: error });
  return error instanceof Unreachable ? unreachable(error) : error;
}

const unreachable = (cause: unknown) => new Refusal(422, 'unreachable', 'fetch.unreachable', { cause });

/** The log says what the person is not told; paths and queries stay out of it. */
function note(log: Log, told: Refusal, error: unknown, trail: Trail): void {
  const facts = {
    ...trail,
    code: told.code,
    reason: error instanceof BrokenOff ? reasonOf(error.cause) : reasonOf(error),
  };
  if (error instanceof Unreachable && error.forbidden) log.warn(facts, 'a fetch was forbidden');
  else log.info(facts, 'a fetch failed');
}
