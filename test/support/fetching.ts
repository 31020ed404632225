import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../../src/errors.ts';
import type { Log } from '../../src/lib/log.ts';
import { dialTcp } from '../../src/net/guard/dial.ts';
import {
  createFetcher,
  parseAllow,
  parseDeny,
  type Fetched,
  type FetcherOptions,
  type FetchOptions,
} from '../../src/net/index.ts';

export type Planting = Partial<Omit<FetcherOptions, 'allow' | 'deny'>> & {
  /** As written in FETCH_ALLOW and FETCH_DENY. */
  allow?: string;
  deny?: string;
  maxBytes?: number;
  /** The loopback port that every dialled address outside of loopback is led to: no test speaks to anyone else. */
  detour?: number;
};

/** A fetcher with quick limits, whose every step can be seen. */
export interface Planted {
  /** Addresses dialled, `address port`, in order. */
  dials: string[];
  /** What was written to the log. */
  notes: Record<string, unknown>[];
  fetch(url: string, more?: Omit<FetchOptions, 'file' | 'maxBytes'>): Promise<Fetched & { file: string }>;
  /** Fetches what must be refused. */
  refusal(url: string, more?: { referer?: string }): Promise<Refusal>;
  /** The names of the files that are there now. */
  files(): Promise<string[]>;
  close(): Promise<void>;
  end(): Promise<void>;
}

/** A network of its own: neither the machine's addresses nor its networks decide a test. */
const QUIET_MACHINE = () => ({});

export async function plantFetcher(planting: Planting = {}): Promise<Planted> {
  const { allow = '', deny = '', maxBytes = 1_000_000, detour, ...rest } = planting;
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-fetch-'));
  const dials: string[] = [];
  const notes: Record<string, unknown>[] = [];
  const keep = (facts: object, text?: string) => void notes.push({ ...facts, text });
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const fetcher = createFetcher({
    allow: parseAllow(allow),
    deny: parseDeny(deny),
    timeoutMs: 5000,
    dnsServers: ['127.0.0.1:9'],
    ownPorts: [],
    log,
    floorMs: 0,
    interfaces: QUIET_MACHINE,
    dial: ({ address, port }) => {
      dials.push(`${address} ${port}`);
      const near = address === '::1' || address.startsWith('127.');
      return dialTcp(near ? { address, port } : { address: '127.0.0.1', port: detour ?? 9 });
    },
    ...rest,
  });
  let count = 0;

  async function fetch(url: string, more: Omit<FetchOptions, 'file' | 'maxBytes'> = {}) {
    const file = join(folder, `fetched-${(count += 1)}`);
    return { ...(await fetcher.fetchImage(url, { file, maxBytes, ...more })), file };
  }

  async function refusal(url: string, more: { referer?: string } = {}): Promise<Refusal> {
    const answer: unknown = await fetch(url, more).catch((error: unknown) => error);
    if (answer instanceof Refusal) return answer;
    throw new Error(`${url} was not refused`, { cause: answer });
  }

  return {
    dials,
    notes,
    fetch,
    refusal,
    files: () => readdir(folder),
    close: () => fetcher.close(),
    async end() {
      await fetcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Counts every TCP connection that this process begins, whoever begins it. */
export function countConnections(): { count(): number; stop(): void } {
  let count = 0;
  const seen = () => void (count += 1);
  subscribe('net.client.socket', seen);
  return { count: () => count, stop: () => void unsubscribe('net.client.socket', seen) };
}

/** Waits until something is so: never longer than two seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 2000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('it did not come to be so within two seconds');
    await new Promise((resolve) => void setTimeout(resolve, 5));
  }
}

/** A whole PNG of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
