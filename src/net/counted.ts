import { Refusal } from '../errors.ts';
import type { Counts } from '../lib/counts.ts';
import { Unreachable } from './guard/failure.ts';
import type { Fetcher } from './index.ts';

/** Counts the fetches that were refused, by reason: `forbidden` is what the guard would not let out. */
export function countRefusals(fetcher: Fetcher, counts: Counts): Fetcher {
  const counted =
    (bring: Fetcher['fetchImage']): Fetcher['fetchImage'] =>
    async (url, options) => {
      try {
        return await bring(url, options);
      } catch (error) {
        if (error instanceof Refusal) counts.add(reasonOf(error));
        throw error;
      }
    };
  return { ...fetcher, fetchImage: counted(fetcher.fetchImage), fetchPage: counted(fetcher.fetchPage) };
}

const reasonOf = ({ code, cause }: Refusal): string =>
  cause instanceof Unreachable && cause.forbidden ? 'forbidden' : code;
