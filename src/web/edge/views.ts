import { assetPath } from '../../lib/assets.ts';
import { viewOf } from '../../lib/views.ts';
import { languageNow, words, type Language } from '../../lib/words/index.ts';

/** Prints a view. */
export type Views = (view: string, locals: Record<string, unknown>) => string;

const datesOf = (language: Language) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
const dates: Readonly<Record<Language, Intl.DateTimeFormat>> = { en: datesOf('en'), de: datesOf('de') };

/** A moment for `<time>`: machine-readable, and in words. */
export const datetime = (at: string | number) => {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${dates[languageNow()].format(date)} UTC` };
};

/** The views of one site, with what all of them use. */
export function loadViews(): Views {
  return (view, locals) => viewOf(view)({ t: words, asset: assetPath, datetime, dir: 'ltr', ...locals });
}
