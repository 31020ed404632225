import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Sent } from '../visit.ts';

/** What went wrong with one file. */
export type FileFault = { kind: 'too_large' } | { kind: 'failed'; cause: unknown };

/** A file on its way into a temporary one: counted and hashed, and not written any further than the limit. */
export class Arriving {
  readonly #file: string;
  readonly #name: string;
  readonly #maxBytes: number;
  readonly #flow: { pause(): void; resume(): void };
  readonly #hash = createHash('sha256');
  readonly #out: ReturnType<typeof createWriteStream>;
  #bytes = 0;
  fault: FileFault | null = null;

  constructor(file: string, name: string | null, maxBytes: number, flow: { pause(): void; resume(): void }) {
    this.#file = file;
    this.#name = cleanName(name);
    this.#maxBytes = maxBytes;
    this.#flow = flow;
    this.#out = createWriteStream(file, { mode: 0o600, flags: 'wx' });
    this.#out.on('error', (cause) => this.#stop({ kind: 'failed', cause }));
  }

  /** Answers how many bytes of it are here. */
  write(chunk: Buffer): number {
    if (this.fault) return this.#bytes;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) {
      this.#stop({ kind: 'too_large' });
      return this.#bytes;
    }
    this.#hash.update(chunk);
    if (!this.#out.write(chunk)) {
      this.#flow.pause();
      this.#out.once('drain', this.#flow.resume);
    }
    return this.#bytes;
  }

  /** The whole file; null where something was wrong with it, or where there was none: then no file is left. */
  async end(): Promise<Sent | null> {
    if (!this.fault) await finished(this.#out.end()).catch(() => {});
    // Browsers send an empty file part for a file input that was left alone.
    if (!this.fault && (this.#bytes > 0 || this.#name))
      return { file: this.#file, name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex') };
    await this.drop();
    return null;
  }

  async drop() {
    await finished(this.#out.destroy()).catch(() => {});
    await rm(this.#file, { force: true });
  }

  #stop(fault: FileFault) {
    this.fault ??= fault;
    this.#out.destroy();
    this.#flow.resume();
  }
}

/** A file's name as it can be kept and shown again. */
const cleanName = (name: string | null) =>
  [...(name ?? '').toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')].slice(0, 300).join('');
