import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Part } from 'formidable';
import type { Context } from 'koa';
import type { Upload } from '../visit.ts';

/** What went wrong with the file of a form while the form itself was read to its end. */
export type UploadFault = { kind: 'too_large' } | { kind: 'too_many' } | { kind: 'failed'; cause: unknown };

/** Takes the one file of a form into a temporary file, counted and hashed on the way. */
export interface Taking {
  take(part: Part): void;
  /** When the form has been read: the upload, or null where none came or something was wrong with it; then no file is left. */
  done(): Promise<Upload | null>;
  drop(): Promise<void>;
  fault(): UploadFault | null;
}

/**
 * Past the limit nothing more is written, but the form is read on: what people typed stands behind the file in it, and is
 * to be there when they are told. Twice the limit is the end of that: `giveUp` is called. `counted` hears of each piece. Where
 * `several` may come, the first is taken and the others are passed over, up to twenty times the limit in all.
 */
export function createTaking(
  ctx: Context,
  file: string,
  maxBytes: number,
  { giveUp, counted, several = false }: { giveUp(fault: Error): void; counted(bytes: number): void; several?: boolean },
): Taking {
  const hash = createHash('sha256');
  let out: ReturnType<typeof createWriteStream> | null = null;
  let name = '';
  let bytes = 0;
  let seen = 0;
  let others = 0;
  const most = (several ? 20 : 2) * maxBytes;
  let fault: UploadFault | null = null;
  const stop = (why: UploadFault) => {
    fault ??= why;
    out?.destroy();
    ctx.req.resume();
  };

  function write(chunk: Buffer) {
    if (fault || !out) return;
    bytes += chunk.length;
    if (bytes > maxBytes) return stop({ kind: 'too_large' });
    counted(bytes);
    hash.update(chunk);
    if (!out.write(chunk)) {
      ctx.req.pause();
      out.once('drain', () => ctx.req.resume());
    }
  }

  function begin(part: Part) {
    name = cleanName(part.originalFilename);
    out = createWriteStream(file, { mode: 0o600, flags: 'wx' });
    out.on('error', (cause) => stop({ kind: 'failed', cause }));
  }

  const drop = async () => {
    if (out) await finished(out.destroy()).catch(() => {});
    await rm(file, { force: true });
  };

  return {
    drop,
    fault: () => fault,
    take(part) {
      const mine = out === null;
      if (mine) begin(part);
      else others += 1;
      part.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > most) giveUp(new Error('far too large'));
        if (mine) write(chunk);
        else if (!several) stop({ kind: 'too_many' });
      });
    },
    async done() {
      if (!out) return null;
      if (!fault) await finished(out.end()).catch(() => {});
      // Browsers send an empty file part for a file input that was left alone.
      if (!fault && (bytes > 0 || name)) return { file, name, bytes, sha256: hash.digest('hex'), others };
      await drop();
      return null;
    },
  };
}

/** A file's name as it can be kept and shown again. */
const cleanName = (name: string | null) =>
  [...(name ?? '').toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')].slice(0, 300).join('');
