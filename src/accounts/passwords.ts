import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../errors.ts';
import { isAboutThem, isCommon } from './common-passwords.ts';

/** argon2id as the OWASP cheat sheet asks for at the least: 19 MiB, two passes, one lane. */
const ARGON2ID = 2;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * A hundred people who sign in at once wait for one another instead of taking two gigabytes. One core is left to those who
 * look at pictures meanwhile.
 */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
let running = 0;
const waiting: (() => void)[] = [];

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

export const hashPassword = (password: string): Promise<string> => oneOfFew(() => hash(password, COST));

/** The hash of nothing anybody knows: an unknown name costs the same time as a wrong password. */
let decoy: Promise<string> | undefined;

export async function passwordIs(password: string, stored: string | null): Promise<boolean> {
  const against = stored ?? (await (decoy ??= hashPassword(crypto.randomUUID())));
  const right = await oneOfFew(() => verify(against, password));
  return right && stored !== null;
}

/** What others know of the person whose password it is to be: names, email, the host name of the site. */
export type Known = readonly string[];

const SHORTEST = 8;
const LONGEST = 128;

/**
 * Checks a new password, typed twice, exactly as typed: how long it is, whether it is among those that are tried first, and
 * whether it is what everybody knows of this person. There are no rules of composition (ASVS 6.2.5, 6.2.8).
 */
export function checkPassword(password: string, again: string, known: Known): string {
  const length = [...password].length;
  const refuse = (key: PasswordFault, field = 'password') => new Refusal(422, 'invalid', key, { field });
  if (length < SHORTEST) throw refuse('account.password_short');
  if (length > LONGEST) throw refuse('account.password_long');
  if (isAboutThem(password, [...known, 'bowerbird'])) throw refuse('account.password_is_name');
  if (isCommon(password)) throw refuse('account.password_common');
  if (password !== again) throw refuse('account.password_differs', 'password2');
  return password;
}

type PasswordFault = `account.password_${'short' | 'long' | 'is_name' | 'common' | 'differs'}`;
