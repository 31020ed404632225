import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function climb(from: string, holds: (folder: string) => boolean): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (holds(folder)) return folder;
    if (folder === dirname(folder)) throw new Error(`no project folder above ${from}`);
  }
}

const here = dirname(fileURLToPath(import.meta.url));

/** The output folder that this very file was compiled into: static/ (bundled), bookmarklet/. */
export const builtDir = climb(
  here,
  (folder) => existsSync(join(folder, 'static', 'manifest.json')) || existsSync(join(folder, 'build.mjs')),
);

/** The project's own folder: views/, docs/. */
export const rootDir = climb(here, (folder) => existsSync(join(folder, 'build.mjs')));
