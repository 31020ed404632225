import type { Watch } from '../lib/line.ts';

/** What came back from an address that a person gave. The bytes lie in the file the caller named. */
export interface Fetched {
  bytes: number;
  sha256: string;
  /** The address that answered, after redirects. */
  url: string;
  /** What the server said it is; never believed. */
  type: string | null;
}

export interface FetchOptions {
  /** Where to write the body: a new file, removed again when the fetch fails. */
  file: string;
  maxBytes: number;
  /** Origin (no path) that goes out as Referer. */
  referer?: string;
  signal?: AbortSignal;
  /** Whose it is: two fetches of one person go at once, the others wait, and people take turns. */
  whose?: string;
  watch?: Watch;
  /** Told how many bytes are here, and how many there will be where the other side has said so. */
  progress?(bytes: number, total: number | null): void;
}

/** The one guarded way out to the web (design.md §8, security.md 2.3). */
export interface Fetcher {
  /**
   * Refusals without a field: `bad_address` (not http(s), or with a password in it), `unreachable` (one sentence for all that
   * fails before an answer), `http_status` (also redirects without end), `not_an_image` (an empty body, a content encoding),
   * `too_large`, `too_slow`, `broken` (the connection broke off in the body), all 422; `at_once` (429: too many of one person
   * wait), `busy` (503: too many of all); `disk_full` (507).
   * When `signal` aborts, its reason is thrown.
   */
  fetchImage(url: string, options: FetchOptions): Promise<Fetched>;
  /** The same for a page, asked for as somebody who opens it does. */
  fetchPage(url: string, options: FetchOptions): Promise<Fetched>;
  close(): Promise<void>;
}

export { createFetcher, type FetcherOptions } from './guard/fetcher.ts';
export { countRefusals } from './counted.ts';
export { parseAllow, parseDeny, type AllowEntry, type DenyEntry } from './guard/lists.ts';
