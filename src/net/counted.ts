import { Refusal } from '../errors.ts';
import type { Counts } from '../lib/counts.ts';
import { Unreachable } from './guard/failure.ts';
import type { Fetcher } from './index.ts';

/** Counts the fetches that were refused, by reason: `forbidden` is what the guard would not let out. */
export function countRefusals(fetcher: Fetcher, counts: Counts): Fetcher {
  return {
    ...fetcher,
    async fetchImage(url, options) {
      try {
        return await fetcher.fetchImage(url, options);
      } catch (error) {
        if (error instanceof Refusal) counts.add(reasonOf(error));
        throw error;
      }
    },
  };
}

const reasonOf = ({ code, cause }: Refusal): string =>
  cause instanceof Unreachable && cause.forbidden ? 'forbidden' : code;
