import type { Context } from 'koa';
import { LANGUAGES, type Language } from '../../lib/words/index.ts';
import { memberOf } from './session.ts';

/** What browsers say of their languages, which few say differently; so many are remembered. */
const MOST = 500;
const LONGEST = 200;
const wanted = new Map<string, Language>();

/**
 * The language that a browser asks for: of those we have, the one that it wants most (RFC 9110, 12.5.4), or the first of ours.
 * A part of a language (`de-AT`) is that language.
 */
export function languageAsked(header: string): Language {
  const known = wanted.get(header);
  if (known) return known;
  const language = negotiate(header.slice(0, LONGEST));
  if (wanted.size >= MOST) wanted.clear();
  if (header.length <= LONGEST) wanted.set(header, language);
  return language;
}

function negotiate(header: string): Language {
  const asked = header.split(',').map((part) => {
    const [range = '', ...params] = part.trim().toLowerCase().split(';');
    const quality = params.map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1]).find(Boolean);
    return { name: range.split('-')[0] ?? '', quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = LANGUAGES.map((language) => ({
    language,
    quality: Math.max(0, ...asked.filter(({ name }) => name === language).map(({ quality }) => quality)),
  })).reduce((most, one) => (one.quality > most.quality ? one : most));
  return best.quality > 0 ? best.language : LANGUAGES[0];
}

/** What whoever asks reads: what a member has chosen, or else what the browser asks for. */
export const languageOf = (ctx: Context): Language =>
  memberOf(ctx)?.language ?? languageAsked(ctx.get('accept-language'));
