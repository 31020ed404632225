import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtDir } from './root.ts';

const names = JSON.parse(readFileSync(join(builtDir, 'static', 'manifest.json'), 'utf8')) as Record<string, string>;

/** Where a file of static/ is served: its name changes with its content. */
export function assetPath(name: string): string {
  const file = names[name];
  if (!file) throw new Error(`no static file ${name}`);
  return `/static/${file}`;
}

/** The text of a file of static/. */
export const readAsset = (name: string): string => readFileSync(join(builtDir, assetPath(name)), 'utf8');
