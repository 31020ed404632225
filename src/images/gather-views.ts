import type { Db } from '../db/index.ts';
import type { Log } from '../lib/log.ts';
import { chunks } from '../lib/chunks.ts';
import type { Signer } from '../lib/secret.ts';
import { countViews, type View } from './count-views.ts';

/** Views on their way into the database: looking at an image writes nothing by itself. */
export interface Views {
  /** Notes that somebody looks at an image; the same twice in a moment is noted once. */
  note(imageId: number, who: string): void;
  /** Writes all that was noted; what could not be written is tried again with the next. */
  write(): Promise<void>;
}

export interface ViewsSettings {
  db: Db;
  signer: Signer;
  log: Log;
}

/** How long a view waits for others. */
const WAIT_MS = 3000;
const AT_ONCE = 500;
/** While the database takes nothing, no more than these are remembered. */
const MOST = 20_000;

/** Gathers views in memory, and writes them together every few seconds while there are any. */
export function createViews({ db, signer, log }: ViewsSettings): Views {
  let noted = new Map<string, View>();
  let clock: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();

  const later = () => {
    clock ??= setTimeout(() => void write(), WAIT_MS).unref();
  };

  async function writeNoted() {
    const all = [...noted];
    noted = new Map();
    for (const some of chunks(all, AT_ONCE))
      await countViews(db, signer, views(some)).catch((error: unknown) => {
        log.warn({ err: error }, 'views could not be counted yet');
        for (const [key, view] of some) if (noted.size < MOST) noted.set(key, view);
        later();
      });
  }

  function write(): Promise<void> {
    if (clock) clearTimeout(clock);
    clock = null;
    writing = writing.then(writeNoted);
    return writing;
  }

  return {
    note(imageId, who) {
      if (noted.size >= MOST) return;
      noted.set(`${imageId} ${who}`, { imageId, who });
      later();
    },
    write,
  };
}

const views = (some: readonly (readonly [string, View])[]) => some.map(([, view]) => view);
