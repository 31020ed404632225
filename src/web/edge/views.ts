import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import pug from 'pug';
import { builtDir, rootDir } from '../../lib/root.ts';
import { words } from '../../lib/words/index.ts';

export interface Views {
  /** Prints a view. */
  (view: string, locals: Record<string, unknown>): string;
  /** Compiles them all, one between two requests, so that nobody waits for it: the first takes half a second. */
  warmUp(): Promise<void>;
}

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A moment for `<time>`: machine-readable, and in words. */
export const datetime = (at: string | number) => {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${dates.format(date)} UTC` };
};

/** The views of one site: each is compiled once, when it is first shown or before. */
export function loadViews(): Views {
  const basedir = join(rootDir, 'views');
  const assets = JSON.parse(readFileSync(join(builtDir, 'static', 'manifest.json'), 'utf8')) as Record<string, string>;
  const compiled = new Map<string, pug.compileTemplate>();
  const asset = (name: string) => {
    const file = assets[name];
    if (!file) throw new Error(`no static file ${name}`);
    return `/static/${file}`;
  };
  const compile = (view: string) => {
    const print = pug.compileFile(join(basedir, `${view}.pug`), { basedir, compileDebug: false });
    compiled.set(view, print);
    return print;
  };
  const print = (view: string, locals: Record<string, unknown>) =>
    (compiled.get(view) ?? compile(view))({ t: words, asset, datetime, lang: 'en', dir: 'ltr', ...locals });
  const warmUp = async () => {
    for (const view of viewsIn(basedir)) {
      await turn();
      if (!compiled.has(view)) compile(view);
    }
  };
  return Object.assign(print, { warmUp });
}

/** The names of all views; mixins and the layout are parts of them. */
const viewsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pug') && name !== 'layout.pug' && !name.startsWith('mixins'))
    .map((name) => name.slice(0, -'.pug'.length));
