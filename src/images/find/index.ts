import { readFile, rm } from 'node:fs/promises';
import { Refusal } from '../../errors.ts';
import type { WordKey } from '../../lib/words/index.ts';
import type { Fetcher } from '../../net/index.ts';
import type { Storage } from '../../storage/index.ts';
import { readPage, type FoundPage } from './read.ts';

export type { FoundPage, PageSays } from './read.ts';

/** As much text as no page needs. */
const MOST_BYTES = 5 * 1024 * 1024;
/** The most of a page's pictures that are offered. */
const MOST_FOUND = 200;

interface Looking {
  fetcher: Fetcher;
  storage: Storage;
  /** Whose fetch it is. */
  whose: string;
  signal?: AbortSignal;
}

/**
 * Fetches a page through the guarded way out and finds the pictures on it.
 * @throws Refusal 422 on `url`: those of the fetch, `not_a_page` for what is no HTML, `none_found` where there is no picture
 */
export async function findOnPage({ fetcher, storage, whose, signal }: Looking, url: string): Promise<FoundPage> {
  const file = storage.temporary();
  try {
    const options = { file, maxBytes: MOST_BYTES, whose, ...(signal ? { signal } : {}) };
    const fetched = await fetcher.fetchPage(url, options).catch((error: unknown) => {
      throw ofPage(error);
    });
    const bytes = await readFile(file);
    if (!isPage(bytes, fetched.type)) throw new Refusal(422, 'not_a_page', 'find.not_a_page');
    const page = readPage(bytes, fetched.url, fetched.type);
    if (page.images.length === 0) throw new Refusal(422, 'none_found', 'find.none');
    return { ...page, images: page.images.slice(0, MOST_FOUND) };
  } catch (error) {
    throw error instanceof Refusal && !error.field ? error.on('url') : error;
  } finally {
    await rm(file, { force: true });
  }
}

/** What went wrong on the way, by its code, as it is said of a page. */
const SAID: Readonly<Record<string, WordKey>> = {
  unreachable: 'find.unreachable',
  http_status: 'find.http_status',
  too_large: 'find.too_large',
  too_slow: 'find.too_slow',
  broken: 'find.broken_off',
};

function ofPage(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  // Nothing came, or something packed that we had not asked for.
  if (error.code === 'not_an_image') return new Refusal(422, 'not_a_page', 'find.not_a_page', { cause: error });
  const key = SAID[error.code];
  return key ? new Refusal(error.status, error.code, key, { params: error.said.params, cause: error }) : error;
}

/** Whoever calls a page text, or nothing at all, still sends one: its beginning tells. */
const isPage = (bytes: Buffer, type: string | null): boolean => {
  if (/^\s*(?:text\/html|application\/xhtml\+xml)/i.test(type ?? ''))
    return !bytes.subarray(0, 512).includes(0) || isUtf16(bytes);
  return /^[\s\ufeff]*<(?:!doctype html|html|head|body)\b/i.test(
    bytes
      .subarray(0, 512)
      .toString('latin1')
      .replace(/^\xef\xbb\xbf/, ''),
  );
};

const isUtf16 = ([a, b]: Buffer): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
