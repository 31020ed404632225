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
}

/** The one guarded way out to the web (design.md §8, security.md 2.3). */
export interface Fetcher {
  /**
   * Refusals without a field: `unreachable` (one sentence for all that fails before an answer), `http_status`, `not_an_image`
   * (an empty body, a content encoding), `too_large`, `too_slow`; all 422.
   */
  fetchImage(url: string, options: FetchOptions): Promise<Fetched>;
  close(): Promise<void>;
}
