import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pug from 'pug';
import { builtDir, rootDir } from '../../lib/root.ts';
import { words } from '../../lib/words/index.ts';

/** Prints a view. */
export type Views = (view: string, locals: Record<string, unknown>) => string;

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A moment for `<time>`: machine-readable, and in words. */
export const datetime = (at: string | number) => {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${dates.format(date)} UTC` };
};

/** The views of one site: each is compiled once, when it is first shown. */
export function loadViews(): Views {
  const basedir = join(rootDir, 'views');
  const assets = JSON.parse(readFileSync(join(builtDir, 'static', 'manifest.json'), 'utf8')) as Record<string, string>;
  const compiled = new Map<string, pug.compileTemplate>();
  const asset = (name: string) => {
    const file = assets[name];
    if (!file) throw new Error(`no static file ${name}`);
    return `/static/${file}`;
  };
  return (view, locals) => {
    let print = compiled.get(view);
    if (!print)
      compiled.set(view, (print = pug.compileFile(join(basedir, `${view}.pug`), { basedir, compileDebug: false })));
    return print({ t: words, asset, datetime, lang: 'en', dir: 'ltr', ...locals });
  };
}
