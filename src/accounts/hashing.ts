import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../errors.ts';

/** What one look at a password costs: memory in KiB, and how often it is gone over. */
export interface Cost {
  memory: number;
  passes: number;
}

/** The memory of RFC 9106's second choice, and a pass more; in one lane, since lanes are threads, which others need. */
const PASSWORD: Cost = { memory: 65_536, passes: 4 };
/** What OWASP asks for at the least is enough for 60 random bits, and ten codes are made at once. */
const CODE: Cost = { memory: 19_456, passes: 2 };

/** Makes and checks hashes of passwords (argon2id) for one site. */
export interface Hashing {
  hash(password: string): Promise<string>;
  /** The same for a code that we have made up ourselves. */
  hashCode(code: string): Promise<string>;
  /** Whether it is the password of a stored hash. Null, where there is none, takes the same time and is no. */
  matches(password: string, stored: string | null): Promise<boolean>;
  /** Whether a stored hash was made with less than is asked today. */
  isWeak(stored: string): boolean;
}

export interface HashingOptions {
  /** What tests set, so that they need not wait. */
  cost?: Cost;
  /** Who does the work; tests count what is asked of it. */
  argon2?: Argon2;
}

export interface Argon2 {
  hash: typeof hash;
  verify: typeof verify;
}

export function createHashing({ cost, argon2 = { hash, verify } }: HashingOptions = {}): Hashing {
  const asked = cost ?? PASSWORD;
  const inTurn = fewAtOnce();
  const make = (password: string, { memory, passes }: Cost) =>
    argon2.hash(password, { algorithm: ARGON2ID, memoryCost: memory, timeCost: passes, parallelism: 1 });
  /** The hash of nothing anybody knows, for names that are nobody's. */
  let decoy: Promise<string> | undefined;
  return {
    hash: (password) => inTurn(() => make(password, asked)),
    hashCode: (code) => inTurn(() => make(code, cost ?? CODE)),
    async matches(password, stored) {
      const against = stored ?? (await (decoy ??= make(crypto.randomUUID(), asked)));
      return inTurn(async () => {
        const right = await argon2.verify(against, password);
        const rest = right ? null : restOf(costOf(against), asked);
        // Or an old hash would be looked at sooner than none, and the time would tell who has an account.
        if (rest) await make(password, rest);
        return right && stored !== null;
      });
    },
    isWeak: (stored) => restOf(costOf(stored), asked) !== null,
  };
}

const ARGON2ID = 2;

/** What a hash says of itself: `$argon2id$v=19$m=19456,t=2,p=1$…`. */
function costOf(stored: string): Cost {
  const [, memory = 0, passes = 0] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(stored) ?? [];
  return { memory: Number(memory), passes: Number(passes) };
}

/** What a look at a hash took less than today's; null where it took as much. */
function restOf(had: Cost, cost: Cost): Cost | null {
  if (had.memory >= cost.memory && had.passes >= cost.passes) return null;
  const { passes } = cost;
  const memory = cost.memory - Math.ceil((had.memory * had.passes) / passes);
  return { memory: Math.max(LEAST, memory), passes };
}

/** Of argon2's memory, in KiB. */
const LEAST = 8;

/** A core is left to those who look at pictures meanwhile, and a hundred at once wait instead of taking six gigabytes. */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Whoever would wait longer than for so many others is told to come back. */
const MOST_WAITING = 200;

function fewAtOnce() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= MOST_WAITING) throw new Refusal(503, 'busy', 'error.busy', { retryAfter: 5 });
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
