import type { Log } from '../lib/log.ts';
import type { Ask } from './protocol.ts';
import type { Answer, Child, Death, Seen } from './supervised.ts';

const FILES_A_CHILD = 200;
const CHILD_AGE = 10 * 60_000;

/** What came of a question: an answer, or how the child that was asked died over it. */
export type Outcome =
  { answer: Answer; death?: never; lastWords?: never } | { death: Death; lastWords: string; answer?: never };

/** A place for one child at a time, which is replaced when it is dead, worn, old or has grown. */
export interface Place {
  readonly hasChild: boolean;
  /** Asks the child, starting a fresh one where there is none. One question at a time. */
  ask(question: Ask, seen: (heard: Seen) => void): Promise<Outcome>;
  /** Ends the child: it has said what it should not, or its time is up; after `closed` no other is started. */
  dismiss(why: Death): Promise<void>;
  /** Between two calls: lets go of a child that should not have another. */
  tidy(): Promise<void>;
}

export interface PlaceOptions {
  /** A child that keeps more than this (MB) when its work is done is replaced. */
  idleMb: number;
  log: Log;
  start(): Child;
}

export function createPlace({ idleMb, log, start }: PlaceOptions): Place {
  let child: Child | undefined;
  let files = 0;
  let old = false;
  let closed = false;
  let busy = false;
  let ageing: NodeJS.Timeout | undefined;

  function fresh(): Child {
    files = 0;
    old = false;
    // An idle site keeps no old child either: leaks and half-broken heaps do not live long.
    ageing = setTimeout(() => {
      old = true;
      if (!busy) void dismiss('replaced');
    }, CHILD_AGE).unref();
    return start();
  }

  async function dismiss(why: Death) {
    closed ||= why === 'closed';
    const leaving = child;
    child = undefined;
    clearTimeout(ageing);
    leaving?.kill(why);
    await leaving?.gone;
  }

  async function ask(question: Ask, seen: (heard: Seen) => void): Promise<Outcome> {
    if (closed) return { death: 'closed', lastWords: '' };
    if (child?.death) await dismiss('replaced');
    const asked = (child ??= fresh());
    busy = true;
    files++;
    const answer = await asked.ask(question, seen).finally(() => (busy = false));
    if (answer) return { answer };
    await dismiss('crash');
    const { pid, death = 'crash', lastWords } = asked;
    if (death === 'walls') return ask(question, seen);
    if (death !== 'closed') log.warn({ pid, death, lastWords }, 'an imaging child died');
    return { death, lastWords };
  }

  async function tidy() {
    if (child && (old || files >= FILES_A_CHILD || (await child.memory()) > idleMb)) await dismiss('replaced');
  }

  return {
    get hasChild() {
      return child !== undefined && !child.death;
    },
    ask,
    dismiss,
    tidy,
  };
}
