import { Refusal } from '../errors.ts';
import { isConfusable } from '../lib/scripts.ts';

/** How a name is compared: NFKC and lower case, so that ｂｏｗｅｒ and Bower are one name. */
export const foldName = (name: string): string => name.normalize('NFKC').toLowerCase();

export const foldEmail = (email: string): string => email.trim().normalize('NFKC').toLowerCase();

/** Whether a text could be anybody's name or email at all: PostgreSQL takes no NUL and no half character, not even to look. */
export const isNameable = (text: string): boolean => text.length <= 400 && text.isWellFormed() && !text.includes('\0');

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]*$/u;
/** Names that would speak for the site, or for somebody who has none. */
const RESERVED = new Set([
  'anonymous',
  'admin',
  'administrator',
  'bowerbird',
  'moderator',
  'root',
  'support',
  'system',
]);

/** Checks a username as typed and answers it in the form that is shown. */
export function checkUsername(typed: string): string {
  const name = typed.trim().normalize('NFKC');
  const length = [...name].length;
  if (length < 3 || length > 30) throw refuse('account.username_length');
  if (!USERNAME.test(name)) throw refuse('account.username_characters');
  if (name.endsWith('.')) throw refuse('account.username_characters');
  if (isConfusable(name)) throw refuse('account.username_confusable');
  if (RESERVED.has(foldName(name))) throw refuse('account.username_reserved');
  return name;
}

type Fault = `account.username_${'length' | 'characters' | 'confusable' | 'reserved'}`;

const refuse = (key: Fault) => new Refusal(422, 'invalid', key, { field: 'username' });

/** Something, an @, and a domain with a dot or `localhost`; whether it can be written to only a mail can tell. */
const EMAIL =
  /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@(?:localhost|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63})$/u;

export const isEmail = (typed: string): boolean => {
  const email = typed.trim().normalize('NFKC');
  return email.length <= 254 && EMAIL.test(email);
};

export function checkEmail(typed: string): string {
  const email = typed.trim().normalize('NFKC');
  if (!isEmail(email)) throw new Refusal(422, 'invalid', 'account.email_form', { field: 'email' });
  return email;
}
