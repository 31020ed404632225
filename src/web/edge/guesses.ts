import type { RateLimiterRes } from 'rate-limiter-flexible';
import { inMemory, type Counters } from './counters.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

interface Rule {
  /** So many wrong tries cost nothing but the try; after that each doubles the wait. */
  free: number;
  /** The longest wait, in seconds. */
  longest: number;
  /** When wrong tries are forgotten, in seconds after the first. */
  memory: number;
  /** Whether all networks count as one. */
  everywhere: boolean;
}

/** What can be guessed. */
const RULES = {
  /** A password: counted for a name from one network, so that guessing from elsewhere never locks the owner out. */
  password: { free: 8, longest: 15 * MINUTE, memory: HOUR, everywhere: false },
  /** A second factor, which is short: whoever tries it knows the password already, so that many networks gain nothing. */
  code: { free: 5, longest: HOUR, memory: 24 * HOUR, everywhere: true },
  /** The address in a mail, and an access token: 256 random bits, which nobody guesses; nobody shall try all day either. */
  link: { free: 20, longest: 15 * MINUTE, memory: HOUR, everywhere: false },
  token: { free: 20, longest: 15 * MINUTE, memory: HOUR, everywhere: false },
} as const satisfies Record<string, Rule>;

export type GuessKind = keyof typeof RULES;

/** What is being guessed, and from where. `account` is a name as it was typed, folded, or an account's number. */
export interface Guess {
  account: string | null;
  network: string;
}

/** Of all accounts together, from one network. */
const NETWORK_FREE = 40;
/** From here on an account, or the whole site, is under fire: then each network has one try before it waits. */
const ACCOUNT_UNDER_FIRE = 30;
const SITE_UNDER_FIRE = 500;
/** What others guess makes the waits of a person longer, but never longer than this. */
const OTHERS_COST = MINUTE;
const FIRST_WAIT = 5;

/** How long to wait after so many wrong tries more than are free, in seconds. */
export const waitAfter = (beyond: number, longest: number): number =>
  beyond < 0 ? 0 : Math.min(longest, FIRST_WAIT * 2 ** Math.min(beyond, 30));

export interface Guesses {
  /** The wait that is still to be kept; null when a try may be made. */
  waiting(kind: GuessKind, guess: Guess): Promise<RateLimiterRes | null>;
  /** Counts a try that was wrong. */
  wrong(kind: GuessKind, guess: Guess): Promise<void>;
  /** Forgets the slips of somebody who got it right: theirs alone. */
  right(kind: GuessKind, guess: Guess): Promise<void>;
}

/** What tries of the same kind are counted under: each name from each network, or the account wherever they come from. */
export const placeOf = (kind: GuessKind, { account, network }: Guess): string =>
  `${kind} ${account ?? ''}|${RULES[kind].everywhere ? '' : network}`;

/**
 * Counts wrong tries by account and network, by network, by account and by site, and makes waits that double with each.
 * Only the first two shut anybody out; the others make the waits begin sooner.
 */
export function createGuesses({ make, keyOf }: Counters = inMemory): Guesses {
  const counts = make({ keyPrefix: 'wrong', points: Number.MAX_SAFE_INTEGER, duration: HOUR });
  const waits = make({ keyPrefix: 'wait', points: 1, duration: HOUR });
  const count = async (key: string, memory: number) =>
    (await counts.penalty(keyOf(key), 1, { customDuration: memory })).consumedPoints;
  const wait = async (key: string, seconds: number) => {
    if (seconds > 0) await waits.block(keyOf(key), seconds);
  };
  const ofNetwork = (kind: GuessKind, { network }: Guess) => `${kind} from ${network}`;
  return {
    async waiting(kind, guess) {
      const both = await Promise.all([
        waits.get(keyOf(placeOf(kind, guess))),
        waits.get(keyOf(ofNetwork(kind, guess))),
      ]);
      const left = both.filter((one) => one !== null && one.msBeforeNext > 0) as RateLimiterRes[];
      return left.sort((a, b) => b.msBeforeNext - a.msBeforeNext)[0] ?? null;
    },
    async wrong(kind, guess) {
      const { free, longest, memory } = RULES[kind];
      const here = await count(placeOf(kind, guess), memory);
      const fromHere = await count(ofNetwork(kind, guess), memory);
      const atAccount = guess.account === null ? 0 : await count(`${kind} at ${guess.account}`, memory);
      const atSite = await count(kind, HOUR);
      const underFire = atAccount > ACCOUNT_UNDER_FIRE || atSite > SITE_UNDER_FIRE;
      const ofOthers = underFire ? waitAfter(here - 1, OTHERS_COST) : 0;
      await wait(placeOf(kind, guess), Math.max(waitAfter(here - free, longest), ofOthers));
      await wait(ofNetwork(kind, guess), waitAfter(fromHere - NETWORK_FREE, longest));
    },
    async right(kind, guess) {
      await counts.delete(keyOf(placeOf(kind, guess)));
    },
  };
}
