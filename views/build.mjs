// Compiles the views when the project is built: pug's compiler takes over a second of processor for all of them, which no start
// of a process and no test should pay for.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import pug from 'pug';

const folder = import.meta.dirname;

const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

/** The names of all views; mixins and the layout are parts of them. */
const viewNames = () =>
  files()
    .filter((name) => name.endsWith('.pug') && name !== 'layout.pug' && !name.startsWith('mixins'))
    .map((name) => name.slice(0, -'.pug'.length));

/** What the outcome depends on: views that are as they were are not compiled again. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(import.meta.filename));
  for (const name of files().filter((file) => file.endsWith('.pug')))
    hash.update(name).update(readFileSync(join(folder, name)));
  return hash.update(readFileSync(join(folder, '..', 'package-lock.json'))).digest('hex');
}

function compiled(view) {
  const options = { basedir: folder, compileDebug: false, inlineRuntimeFunctions: false, name: 'print' };
  const source = pug.compileFileClient(join(folder, `${view}.pug`), options);
  return `${JSON.stringify(view)}: (function () { ${source}\nreturn print; })()`;
}

/** Writes `views.js` into the output folder: `views`, each view's function by its name. */
export async function compileViews(out) {
  const to = join(out, 'views.js');
  const mark = `// ${fingerprint()}`;
  if (existsSync(to) && readFileSync(to, 'utf8').startsWith(mark)) return;
  const source = `import pug from 'pug-runtime';\nexport const views = {\n${viewNames().map(compiled).join(',\n')}\n};\n`;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, sourcefile: 'views.js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    charset: 'utf8',
  });
  writeFileSync(to, `${mark}\n${outputFiles[0].text}`);
}
