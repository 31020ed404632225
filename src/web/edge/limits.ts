import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../../errors.ts';
import { say } from '../../lib/words/index.ts';
import { createAtOnce, type Enter } from './at-once.ts';
import { inMemory, type Counters } from './counters.ts';
import { createGuesses, placeOf, type GuessKind } from './guesses.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How often in how many seconds, for each kind of act: counted by member, or by address for visitors. */
const TABLE = {
  register: { points: 10, duration: HOUR },
  login: { points: 60, duration: 10 * MINUTE },
  /** Mails that somebody asks for without showing who they are. */
  reset: { points: 10, duration: HOUR },
  link: { points: 60, duration: HOUR },
  /** Challenges for passkeys: the sign-in page asks for one whenever it is opened. */
  passkey: { points: 200, duration: 10 * MINUTE },
  save: { points: 300, duration: HOUR },
  /** What comes from a share sheet is a draft, until it is saved. */
  share: { points: 120, duration: HOUR },
  edit: { points: 600, duration: HOUR },
  /** Images put on boards and ordered there, one by one. */
  arrange: { points: 3000, duration: HOUR },
  /** Sessions and access tokens. */
  access: { points: 120, duration: HOUR },
  /** Archives of everything: each one costs time and room. */
  export: { points: 10, duration: 24 * HOUR },
  /** Likes and follows. */
  react: { points: 1000, duration: HOUR },
  comment: { points: 60, duration: 10 * MINUTE },
  leave: { points: 60, duration: 10 * MINUTE },
  /** Pages of others that are fetched to look for pictures on them. */
  find: { points: 60, duration: 10 * MINUTE },
  search: { points: 300, duration: 10 * MINUTE },
  /** Completions, of which each letter that is typed asks for some. */
  typing: { points: 1500, duration: 10 * MINUTE },
} as const;

export type LimitName = keyof typeof TABLE;

/** How many of how many acts are left, and in how many seconds all are again. */
export interface Left {
  limit: number;
  remaining: number;
  resetSeconds: number;
}

export interface Limits {
  /** Counts one act, and tells how many are left; a Refusal 429 with Retry-After when there were too many. */
  take(name: LimitName, who: string, tell?: (left: Left) => void): Promise<void>;
  /** Takes back what was counted for an act that turned out to be none of those that are limited. */
  giveBack(name: LimitName, who: string): Promise<void>;
  enter: Enter;
  /**
   * Does what can be guessed, one at a time for each account, so that tries sent together are not all let in before the
   * first is counted. What failed (401 when unsaid) counts against the account from that network, the network, the account
   * and the site, and makes waits that double; while one lasts nothing is done: a Refusal 429.
   */
  guess<T>(
    kind: GuessKind,
    about: { account: string | null; address: string },
    work: () => Promise<T>,
    failed?: (error: unknown) => boolean,
  ): Promise<T>;
}

/** Whose acts are counted: a member's, wherever they are, or a visitor's network. */
export const countedAs = (member: { id: number } | null, address: string): string =>
  member ? `member ${member.id}` : network(address);

/** A wrong password, code or the like: what counts as guessing. */
export const isWrong = (error: unknown): boolean => error instanceof Refusal && error.status === 401;

/** Limits of one site; `off` lifts them all. */
export function createLimits(on: boolean, counters: Counters = inMemory): Limits {
  const limiters = Object.fromEntries(
    Object.entries(TABLE).map(([name, limit]) => [name, counters.make({ ...limit, keyPrefix: name })]),
  ) as Record<LimitName, RateLimiterAbstract>;
  const enter = createAtOnce(on);
  if (!on) return { take: async () => {}, giveBack: async () => {}, enter, guess: (_kind, _about, work) => work() };
  const inTurn = createTurns();
  const guesses = createGuesses(counters);
  const take: Limits['take'] = async (name, who, tell) => {
    const limit = TABLE[name].points;
    const asked = limiters[name].consume(counters.keyOf(who));
    const [found, over] = await asked.then(letIn, tooOften);
    tell?.({ limit, remaining: found.remainingPoints, resetSeconds: secondsOf(found) });
    if (over) throw tooMany(found);
  };
  return {
    take,
    enter,
    giveBack: async (name, who) => void (await limiters[name].reward(counters.keyOf(who), 1)),
    guess: (kind, { account, address }, work, failed = isWrong) => {
      const about = { account, network: network(address) };
      return inTurn(placeOf(kind, about), async () => {
        const wait = await guesses.waiting(kind, about);
        if (wait) throw tooMany(wait);
        try {
          const done = await work();
          await guesses.right(kind, about);
          return done;
        } catch (error) {
          if (failed(error)) await guesses.wrong(kind, about);
          throw error;
        }
      });
    },
  };
}

/** Lets work of the same key wait for what came before it. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

/** How a limiter answers, and whether that was a refusal; what is no answer of its is a fault. */
const letIn = (found: RateLimiterRes) => [found, false] as const;
function tooOften(reason: unknown) {
  if (!isResult(reason)) throw reason;
  return [reason, true] as const;
}

const isResult = (reason: unknown): reason is RateLimiterRes =>
  typeof reason === 'object' && reason !== null && 'msBeforeNext' in reason;

const secondsOf = ({ msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>) =>
  Math.max(1, Math.ceil(msBeforeNext / 1000));

function tooMany({ msBeforeNext }: Pick<RateLimiterRes, 'msBeforeNext'>): Refusal {
  const seconds = secondsOf({ msBeforeNext });
  const wait =
    seconds < 90 ? say('wait.seconds', { count: seconds }) : say('wait.minutes', { count: Math.ceil(seconds / 60) });
  return new Refusal(429, 'too_many', 'error.too_many', { params: { wait }, retryAfter: seconds });
}

/** One person's addresses: IPv4 whole, IPv6 by its /64. `::ffff:` in front of an IPv4 address is taken off before. */
export function network(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros: string[] = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
