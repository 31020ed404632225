import type { Ask, Reply } from '../protocol.ts';
import type { Source } from './source.ts';
import { NotTaken } from './verdict.ts';

type Refused = Omit<Extract<Reply, { say: 'refused' }>, 'id'>;
type Failed = Omit<Extract<Reply, { say: 'failed' }>, 'id'>;

const MEMORY =
  /out of memory|insufficient memory|memory allocation|cannot allocate|unable to allocate|not enough memory/i;
/** What sharp says of wrong options, and of bytes in memory: pictures are opened as files. */
const OURS = /^(Expected|Input buffer) /;
/** Boxes in boxes, or more of them than a picture has: libheif speaks of it as it does of memory. */
const ABSURD = /security limit/i;
const DISK_FULL = /no space left|ENOSPC|disk quota/i;

/** Tells a picture that cannot be taken from what is not its fault. */
export function outcomeOf(error: unknown, ask: Ask, source?: Source): Refused | Failed {
  const { message, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  if (error instanceof NotTaken) return { say: 'refused', refusal: error.verdict, detail: '' };
  if (DISK_FULL.test(message)) return { say: 'failed', code: 'ENOSPC', message };
  const isBug = error instanceof TypeError || error instanceof ReferenceError || OURS.test(message);
  if (code || isBug) return { say: 'failed', code: code ?? '', message };
  return {
    say: 'refused',
    refusal: { reason: reasonOf(message, ask, source), params: {} },
    detail: message.slice(0, 500),
  };
}

/**
 * What libvips' error means. Some decoders call a sound file corrupt when they run out of memory (WebP, AVIF), so a
 * large one is never called damaged.
 */
function reasonOf(message: string, { memoryMb }: Ask, source?: Source) {
  if (ABSURD.test(message)) return 'unprocessable';
  if (MEMORY.test(message)) return 'too_heavy';
  const mayNeed = source ? source.width * source.height * 16 : 0;
  return mayNeed > (memoryMb << 20) / 2 ? 'unprocessable' : 'broken';
}
