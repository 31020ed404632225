import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../errors.ts';
import { foldName } from './names.ts';

/** argon2id as the OWASP cheat sheet asks for at the least: 19 MiB, two passes, one lane. */
const ARGON2ID = 2;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hundred people who sign in at once wait for one another instead of taking two gigabytes. */
const AT_ONCE = 2;
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

/** Checks a new password, typed twice, exactly as typed; there are no rules of composition (ASVS 6.2.5, 6.2.8). */
export function checkPassword(password: string, again: string, about: { username: string; email: string }): string {
  const length = [...password].length;
  const refuse = (key: PasswordFault, field: string) => new Refusal(422, 'invalid', key, { field });
  if (length < 8) throw refuse('account.password_short', 'password');
  if (length > 1024) throw refuse('account.password_long', 'password');
  const folded = foldName(password);
  if (folded === foldName(about.username) || folded === foldName(about.email))
    throw refuse('account.password_is_name', 'password');
  if (password !== again) throw refuse('account.password_differs', 'password2');
  return password;
}

type PasswordFault =
  'account.password_short' | 'account.password_long' | 'account.password_is_name' | 'account.password_differs';
