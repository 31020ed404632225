import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Refusal } from '../../errors.ts';
import { BrokenOff, diskRefusal, tooSlow } from './failure.ts';

export type CreateFile = (path: string) => Promise<FileHandle>;

/** Only a file that was not there, readable by us alone. */
export const createFile: CreateFile = (path) => open(path, 'wx', 0o600);

export interface Receiving {
  file: string;
  maxBytes: number;
  /** The least average speed once the grace is over. */
  minBytesPerSecond: number;
  graceMs: number;
  create: CreateFile;
  /** Told how many bytes are here. */
  counted?(bytes: number): void;
}

/**
 * Writes a body to a new file, counting and hashing on the way; past the limit it stops at once. On any failure the file is
 * gone again.
 * @throws Refusal `too_large`, `too_slow`, `not_an_image` (nothing came), `disk_full` (507); BrokenOff
 */
export async function receive(body: Readable, how: Receiving): Promise<{ bytes: number; sha256: string }> {
  let handle: FileHandle;
  try {
    handle = await how.create(how.file);
  } catch (error) {
    throw diskRefusal(error);
  }
  try {
    const received = await pour(body, handle, how);
    await handle.close();
    return received;
  } catch (error) {
    body.destroy();
    await handle.close().catch(() => {});
    await rm(how.file, { force: true });
    throw diskRefusal(error);
  }
}

async function pour(body: Readable, handle: FileHandle, how: Receiving): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const speed = watchSpeed(body, how);
  let bytes = 0;
  try {
    for await (const chunk of reading(body)) {
      bytes += chunk.length;
      if (bytes > how.maxBytes) throw tooLarge(how.maxBytes);
      speed.count(chunk.length);
      how.counted?.(bytes);
      hash.update(chunk);
      await writeAll(handle, chunk);
    }
  } finally {
    speed.stop();
  }
  if (bytes === 0) throw new Refusal(422, 'not_an_image', 'fetch.empty');
  return { bytes, sha256: hash.digest('hex') };
}

/** The chunks of a body; when reading fails it is the other side's doing, so that our own disk's errors stay apart. */
async function* reading(body: Readable): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw error instanceof Refusal ? error : new BrokenOff(error);
    });
    if (next.done === true) return;
    yield next.value;
  }
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  let written = 0;
  while (written < chunk.length) written += (await handle.write(chunk, written)).bytesWritten;
}

function watchSpeed(body: Readable, { minBytesPerSecond, graceMs }: Receiving) {
  const began = performance.now();
  let counted = 0;
  const look = () => {
    const elapsed = performance.now() - began;
    if (elapsed >= graceMs && counted < (minBytesPerSecond * elapsed) / 1000) body.destroy(tooSlow());
  };
  const timer = setInterval(look, Math.max(20, Math.min(1000, graceMs / 4)));
  return { count: (bytes: number) => void (counted += bytes), stop: () => clearInterval(timer) };
}

/** The refusal of a body that is too long; `size` where its header had already said so. */
export function tooLarge(limitBytes: number, size?: number): Refusal {
  const limit = sizeOf(limitBytes, Math.floor);
  if (size === undefined) return new Refusal(422, 'too_large', 'fetch.too_large_counted', { params: { limit } });
  // Rounded apart, so that it never reads "25 MB, and the most is 25 MB".
  return new Refusal(422, 'too_large', 'fetch.too_large', { params: { size: sizeOf(size, Math.ceil), limit } });
}

function sizeOf(bytes: number, round: (tenths: number) => number): string {
  const [divisor, unit] = bytes < 1024 * 1024 ? [1024, 'kB'] : [1024 * 1024, 'MB'];
  return `${round((bytes / divisor) * 10) / 10} ${unit}`;
}
