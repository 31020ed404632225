import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtDir } from './root.ts';

/** A view as it was compiled when the project was built (views/build.mjs): prints HTML. */
export type View = (locals: Record<string, unknown>) => string;

const { views } = (await import(pathToFileURL(join(builtDir, 'views.js')).href)) as { views: Record<string, View> };

/** The view of that name, its path under views/ without the ending. */
export function viewOf(name: string): View {
  const view = views[name];
  if (!view) throw new Error(`no view ${name}`);
  return view;
}
