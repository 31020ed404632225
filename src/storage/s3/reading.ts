import { Readable } from 'node:stream';
import type { ByteRange } from '../storage.ts';
import type { Answer, Asker } from './ask.ts';
import { passes, refusalOf, StoreFault } from './faults.ts';

/** How often a reader goes on where a connection broke. */
const TRIES = 3;

/**
 * The bytes of an object or a range of it, as they come; null where it is not there. Where the connection breaks in the middle it goes
 * on behind the last byte that came: an object never changes.
 */
export async function goingOn(asker: Asker, key: string, range?: ByteRange): Promise<Readable | null> {
  const from = range?.start ?? 0;
  const first = await open(asker, key, from, range?.end, range !== undefined);
  if (first === null) return null;
  if (first === 'beyond') return Readable.from([]);
  const stream = Readable.from(bytesOf(asker, key, first, from, range?.end), { objectMode: false });
  // Destroyed before anybody has read of it, the generator never runs: the connection is let go here.
  stream.once('close', () => first.body.destroy());
  first.body.once('error', () => {});
  return stream;
}

async function* bytesOf(asker: Asker, key: string, first: Answer, from: number, end: number | undefined) {
  let answer = first;
  let at = from;
  for (let tries = 1; ; tries++)
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        at += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      if (!passes(error) || tries === TRIES) throw refusalOf(error);
      const next = await open(asker, key, at, end, true);
      if (next === 'beyond') return;
      if (next === null) throw error;
      answer = next;
    }
}

async function open(asker: Asker, key: string, start: number, end: number | undefined, ranged: boolean) {
  const headers: Record<string, string> = ranged ? { range: `bytes=${start}-${end ?? ''}` } : {};
  try {
    return await asker.ask({ method: 'GET', key, headers, expects: [ranged ? 206 : 200] });
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    if (error.code === 'NoSuchKey') return null;
    if (error.status === 416) return 'beyond' as const;
    throw error;
  }
}
