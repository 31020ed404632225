import type { Part } from 'formidable';
import type { Context } from 'koa';
import type { Sent, Upload } from '../visit.ts';
import { Arriving, type FileFault } from './arriving.ts';

/** What went wrong with the file of a form while the form itself was read to its end. */
export type UploadFault = FileFault | { kind: 'too_many' };

/** Takes the file of a form, or several, into temporary files, counted and hashed on the way. */
export interface Taking {
  take(part: Part): void;
  /** When the form has been read: the upload, or null where none came or something was wrong with it; then no file is left. */
  done(): Promise<Upload | null>;
  drop(): Promise<void>;
  fault(): UploadFault | null;
}

/** What a phone shares at once; whoever has more says so again. */
export const MOST_SHARED = 20;

interface TakingOptions {
  /** A path for a new temporary file. */
  temporary(): string;
  maxBytes: number;
  /** Whether several may come: then what is beyond `MOST_SHARED`, and what is too large, is left out and counted. */
  several: boolean;
  giveUp(fault: Error): void;
  counted(bytes: number): void;
}

/**
 * Past the limit nothing more is written, but the form is read on: what people typed stands behind the file in it, and is
 * to be there when they are told. Twice the limit is the end of that: `giveUp` is called. Where `several` may come, that is
 * twenty times the limit in all.
 */
export function createTaking(ctx: Context, options: TakingOptions): Taking {
  const { temporary, maxBytes, several, giveUp, counted } = options;
  const arriving: Arriving[] = [];
  const most = (several ? MOST_SHARED : 2) * maxBytes;
  let seen = 0;
  let beyond = 0;
  let tooMany = false;
  const flow = { pause: () => void ctx.req.pause(), resume: () => void ctx.req.resume() };
  const next = (part: Part): Arriving | null => {
    if (arriving.length === (several ? MOST_SHARED : 1)) return null;
    const file = new Arriving(temporary(), part.originalFilename, maxBytes, flow);
    arriving.push(file);
    return file;
  };
  const fault = (): UploadFault | null => {
    const faults = arriving.flatMap((file) => file.fault ?? []);
    const failed = faults.find(({ kind }) => kind === 'failed');
    if (tooMany) return { kind: 'too_many' };
    return failed ?? (faults.length === arriving.length ? (faults[0] ?? null) : null);
  };
  const drop = async () => void (await Promise.all(arriving.map((file) => file.drop())));

  return {
    drop,
    fault,
    take(part) {
      const file = next(part);
      if (!file) beyond += 1;
      part.on('data', (chunk: Buffer) => {
        seen += chunk.length;
        if (seen > most) giveUp(new Error('far too large'));
        if (file) counted(file.write(chunk));
        else if (!several) tooMany = true;
      });
    },
    async done() {
      const ended = await Promise.all(arriving.map((file) => file.end()));
      const [first, ...others] = ended.filter((sent): sent is Sent => sent !== null);
      const late = arriving.filter((file) => file.fault).length;
      if (first && !fault()) return { ...first, others, leftOut: beyond + late };
      await drop();
      return null;
    },
  };
}
