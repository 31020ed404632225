import { isWalk } from '../lib/guessable.ts';
import { COMMON_WORDS } from './common-words.ts';

/**
 * Whether a password is among those that are tried first. A list of leaked ones holds a few thousand words, each in dozens of
 * disguises; here the words are listed and the disguises known by rule, which finds far more of them in less space.
 * Nothing is sent anywhere.
 */
export function isCommon(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const unit = repeatedUnit(text);
  if (unit.length < text.length) return unit.length <= 4 || isCommon(unit);
  return LEAKED.has(text) || isWalk(text) || isDates(text) || isWordInDisguise(text) || isTwoWords(text);
}

/** Passwords that no rule finds: jokes, numbers that people know, and what robots registered with. */
const LEAKED = new Set(
  `31415926 314159265 3141592654 27182818 11235813 1123581321 8675309 4815162342 18436572 15426378 13131313 51505150
   12qwaszx 12qw34er 1q2w3e4r5t 1qa2ws3ed 1qazse4 qwaszx12 zaq12wsx xsw2zaq1 bgt5nhy6 8j4ye3uz soso123aljg sojdlg123aljg
   mailcreated5240 kcj9wx5n 1x2zkg8w p0015123 3rjs1la7qe wrinkle1 nwo4life r2d2c3po trustno1 ncc1701a ncc1701d ncc1701e
   blink182 front242 front242 hal9000 oicu812 ou812 thx1138 area51 apollo13 route66 johnnie5 se7en fr33dom 4runner
   abrakadabra correcthorsebatterystaple adgjmptw iloveyou2 1love you1 u2loveme`
    .trim()
    .split(/\s+/),
);

/** The shortest text that, repeated, makes the whole: `abc` of `abcabcabc`. */
function repeatedUnit(text: string): string {
  for (let length = 1; length <= text.length / 2; length++)
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text)
      return text.slice(0, length);
  return text;
}

/** One day, written in any of the usual ways, or two years. */
function isDates(text: string): boolean {
  const digits = text.replace(/[ ./-]/g, '');
  if (!/^\d{8}$/.test(digits)) return false;
  const [a, b, c, d] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6), digits.slice(6)].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const isYear = (head: number) => head === 19 || head === 20;
  const isDay = (one: number, other: number) =>
    Math.min(one, other) >= 1 && Math.min(one, other) <= 12 && Math.max(one, other) <= 31;
  return (isYear(a) && (isYear(c) || isDay(c, d))) || (isYear(c) && isDay(a, b));
}

/** What people put before or behind a word: a few characters, or digits that are themselves no secret. */
const isTrimming = (text: string) =>
  text.length <= 4 || isWalk(text.replace(/\D/g, '')) || /^\W*(19|20)\d\d\W*$/.test(text) || isDates(text);

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/** `Dr@g0n2024!`: a common word in other letters, with something before or behind it. */
function isWordInDisguise(text: string): boolean {
  const [, before = '', core = '', behind = ''] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(text) ?? [];
  if (!isTrimming(before) || !isTrimming(behind)) return false;
  return spellings(core).some((word) => COMMON_WORDS.has(word) || COMMON_WORDS.has(repeatedUnit(word)) || isWalk(word));
}

function spellings(core: string): string[] {
  const bare = core.replace(/[\s._-]/g, '');
  const read = bare.replace(/[034570@$]/g, (sign) => LOOKS_LIKE[sign] ?? sign);
  return [bare, read.replace(/[1!|]/g, 'i'), read.replace(/[1!|]/g, 'l')];
}

/** Two of the most common words and no more than ten letters are quickly tried. */
function isTwoWords(text: string): boolean {
  if (text.length > 10) return false;
  for (let at = 4; at <= text.length - 4; at++)
    if (COMMON_WORDS.has(text.slice(0, at)) && COMMON_WORDS.has(text.slice(at))) return true;
  return false;
}

/**
 * Whether a password is little more than something that everybody knows of its owner: their names, their address, this
 * site's name. What is left without it must be worth something by itself.
 */
export function isAboutThem(password: string, known: readonly string[]): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const parts = known
    .flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)])
    .map((name) => name.normalize('NFKC').toLowerCase())
    .filter((name) => name.length >= 3)
    .sort((one, other) => other.length - one.length);
  const rest = parts.reduce((left, name) => left.replaceAll(name, ''), text);
  return rest !== text && [...rest.replace(/[^\p{L}\p{N}]/gu, '')].length < 5;
}
