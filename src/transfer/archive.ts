import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface Entry {
  /** Inside the zip, with `/`. */
  path: string;
  /** Pictures are packed already: packing them again costs time and saves nothing. */
  packed: boolean;
  at: number;
}

/** A zip on its way to a file. What goes in and what comes out streams through: nothing is ever held whole. */
export interface Archive {
  /** Resolves when the stream has been read to its end; one at a time. */
  put(entry: Entry, stream: Readable): Promise<void>;
  /** Completes the file; answers its size and SHA-256. */
  finish(): Promise<{ bytes: number; sha256: string }>;
  /** Lets go of the file, complete or not. */
  giveUp(): Promise<void>;
}

export function createArchive(file: string): Archive {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  let onFailure: (error: unknown) => void = () => {};
  let failure: { error: unknown } | null = null;
  const written = pipeline(output, counted, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch(
    (error: unknown) => {
      failure = { error };
      onFailure(error);
    },
  );
  zip.on('error', (error: Error) => output.destroy(error));
  const settle = async () => {
    await written;
    if (failure) throw failure.error;
  };
  return {
    async put({ path, packed, at }, stream) {
      try {
        await new Promise<void>((resolve, reject) => {
          if (failure) return reject(failure.error);
          onFailure = reject;
          stream.once('end', resolve).once('error', reject);
          zip.addReadStream(stream, path, { compress: !packed, mtime: new Date(at), mode: 0o100644 });
        });
      } finally {
        stream.destroy();
      }
    },
    async finish() {
      zip.end();
      await settle();
      return { bytes, sha256: hash.digest('hex') };
    },
    async giveUp() {
      output.destroy();
      await written;
    },
  };
}
