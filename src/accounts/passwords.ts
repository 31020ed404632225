import { Refusal } from '../errors.ts';
import { isBreached } from './breached-passwords.ts';
import { isAboutThem, isCommon } from './common-passwords.ts';

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
  if (isCommon(password) || isBreached(password)) throw refuse('account.password_common');
  if (password !== again) throw refuse('account.password_differs', 'password2');
  return password;
}

type PasswordFault = `account.password_${'short' | 'long' | 'is_name' | 'common' | 'differs'}`;
