import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { rootDir } from '../src/lib/root.ts';
import * as doors from './support/house/doors.ts';
import { importsOf, type House } from './support/house/imports.ts';
import * as order from './support/house/order.ts';

function sourcesIn(folder: string): [string, string][] {
  return readdirSync(join(rootDir, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [`${folder}/${name.split(sep).join('/')}`, readFileSync(join(rootDir, folder, name), 'utf8')]);
}

const house: House = new Map(['src', 'migrations', 'bookmarklet', 'static/js'].flatMap(sourcesIn));

/** A house of a few lines: path → text. */
const built = (files: Record<string, string>): House => new Map(Object.entries(files));

describe('this house', () => {
  test('has been read', () => {
    expect(house.size).toBeGreaterThan(50);
    expect(importsOf('src/errors.ts', house.get('src/errors.ts') ?? '')).toMatchObject([
      { target: 'src/lib/words/index.ts' },
    ]);
  });

  test.each([
    ['every part has its place in the order', order.unknownParts],
    ['every import leads somewhere', order.brokenImports],
    ['every import points left', order.rightwardImports],
    ['a part is used through its entrance alone', order.insideImports],
    ['no two parts need each other', order.partCycles],
    ['no two files need each other', order.fileCycles],
    ['only the named files reach out', doors.unnamedDoors],
    ['every named door is there', doors.staleNames],
    ['nothing goes out past the guarded door', doors.globalFetches],
    ['no room sees a request', doors.roomsThatSeeCtx],
    ['only the imaging child loads sharp', doors.straySharp],
    ['only the settings read the environment', doors.strayEnvironment],
    ['no file is longer than a person reads at once', doors.longFiles],
  ])('%s', (_, rule) => {
    expect(rule(house)).toEqual([]);
  });
});

describe('reading imports', () => {
  test.each([
    [`import { a } from './b.ts';`, './b.ts', ['a']],
    [`import a from './b.ts';`, './b.ts', null],
    [`import * as a from './b.ts';`, './b.ts', null],
    [`import a, { b } from './b.ts';`, './b.ts', null],
    [`import {\n  a,\n  type B,\n  c as d,\n} from './b.ts';`, './b.ts', ['a', 'c']],
    [`import type { A } from './b.ts';`, './b.ts', []],
    [`import { type A } from './b.ts';`, './b.ts', []],
    [`import './b.ts';`, './b.ts', null],
    [`import"./b.ts"`, './b.ts', null],
    [`export { a } from './b.ts';`, './b.ts', ['a']],
    [`export * from './b.ts';`, './b.ts', null],
    [`export * as all from './b.ts';`, './b.ts', null],
    [`export type { A } from './b.ts';`, './b.ts', []],
    [`const b = await import('./b.ts');`, './b.ts', null],
    [`const later = () => import("./b.ts");`, './b.ts', null],
    [`const b = require('./b.ts');`, './b.ts', null],
    ['const b = import(`./${name}.ts`);', '', null],
    [`const link = 'https://example.org'; await import('./b.ts');`, './b.ts', null],
  ])('%s', (text, specifier, values) => {
    expect(importsOf('src/x/a.ts', text)).toMatchObject(
      [{ specifier, values, target: specifier && 'src/x/b.ts' }].map(({ target, ...rest }) =>
        target ? { target, ...rest } : rest,
      ),
    );
  });

  test.each([
    `// import { a } from './b.ts';`,
    `/**\n * import { a } from './b.ts';\n */`,
    `const text = "take it from './b.ts'";`,
    `export const from = 1;\nconst word = 'from';`,
    `import.meta.url;`,
    `reader.import('./b.ts');`,
  ])('is not fooled by %j', (text) => {
    expect(importsOf('src/x/a.ts', text)).toEqual([]);
  });

  test('knows the line', () => {
    expect(
      importsOf('a.ts', `/* one\n two */\nimport a from 'a';\nimport {\n b } from 'b';`).map(({ line }) => line),
    ).toEqual([3, 4]);
  });
});

describe('each rule can fail', () => {
  test.each<[string, (house: House) => string[], Record<string, string>, RegExp]>([
    ['a part without a place', order.unknownParts, { 'src/utils/x.ts': '' }, /^utils has no place/],
    [
      'an import of nothing',
      order.brokenImports,
      { 'src/lib/a.ts': `import './b.ts';` },
      /^src\/lib\/a\.ts:1 imports \.\/b\.ts/,
    ],
    ['an address that is computed', order.brokenImports, { 'src/lib/a.ts': 'import(name);' }, /cannot be read/],
    [
      'a room that uses a handler',
      order.rightwardImports,
      { 'src/images/a.ts': `import '../web/a.ts';` },
      /^src\/images\/a\.ts:1: images may not use web/,
    ],
    [
      'a library that uses the network',
      order.rightwardImports,
      { 'src/lib/a.ts': `import '../net/index.ts';` },
      /lib may not use net/,
    ],
    [
      'a type that points right',
      order.rightwardImports,
      { 'src/net/a.ts': `import type { A } from '../images/index.ts';` },
      /net may not use images/,
    ],
    [
      'a migration that uses the code',
      order.rightwardImports,
      { 'migrations/1.ts': `import '../src/lib/tiers.ts';` },
      /migrations may not use lib/,
    ],
    [
      'a room that runs a migration',
      order.rightwardImports,
      { 'src/images/a.ts': `import '../../migrations/1.ts';` },
      /images may not use migrations/,
    ],
    [
      'a picker that uses the database',
      order.rightwardImports,
      { 'bookmarklet/a.ts': `import '../src/db/index.ts';` },
      /bookmarklet may not use db/,
    ],
    [
      'a script that uses the picker',
      order.rightwardImports,
      { 'static/js/a.ts': `import '../../bookmarklet/a.ts';` },
      /static may not use bookmarklet/,
    ],
    [
      'a server that uses a script',
      order.rightwardImports,
      { 'src/web/a.ts': `import '../../static/js/a.ts';` },
      /web may not use static/,
    ],
    [
      'the inside of a neighbour',
      order.insideImports,
      { 'src/feed/a.ts': `import '../images/purge.ts';` },
      /uses the inside of images/,
    ],
    [
      'the inside of a store',
      order.insideImports,
      { 'src/main.ts': `import './storage/disk.ts';` },
      /uses the inside of storage/,
    ],
    [
      'the inside of the certificates',
      order.insideImports,
      { 'src/main.ts': `export * from './net/tls/make.ts';` },
      /uses the inside of net/,
    ],
    [
      'two rooms that need each other',
      order.partCycles,
      {
        'src/images/a.ts': `import '../boards/index.ts';`,
        'src/boards/index.ts': `import type { A } from '../images/index.ts';`,
      },
      /^images → boards → images$/,
    ],
    [
      'three parts in a ring',
      order.partCycles,
      {
        'src/lib/a.ts': `import '../errors.ts';`,
        'src/errors.ts': `import './config.ts';`,
        'src/config.ts': `import './lib/b.ts';`,
      },
      /^lib → errors → config → lib$/,
    ],
    [
      'two files that need each other',
      order.fileCycles,
      { 'src/lib/a.ts': `import { b } from './b.ts';`, 'src/lib/b.ts': `export { a } from './a.ts';` },
      /^src\/lib\/a\.ts → src\/lib\/b\.ts → src\/lib\/a\.ts$/,
    ],
    [
      'a file that needs itself',
      order.fileCycles,
      { 'src/lib/a.ts': `import { b } from './a.ts';` },
      /a\.ts → src\/lib\/a\.ts$/,
    ],
    [
      'a room that opens a socket',
      doors.unnamedDoors,
      { 'src/images/a.ts': `import { connect } from 'node:net';` },
      /reaches out through node:net/,
    ],
    [
      'a resolver without a guard',
      doors.unnamedDoors,
      { 'src/web/a.ts': `import { lookup } from 'node:dns/promises';` },
      /node:dns\/promises/,
    ],
    [
      'a client beside the door',
      doors.unnamedDoors,
      { 'src/net/other.ts': `import * as undici from 'undici';` },
      /undici/,
    ],
    ['an inside of a driver', doors.unnamedDoors, { 'src/queue/a.ts': `import x from 'knex/lib/client.js';` }, /knex/],
    [
      'a program started anywhere',
      doors.unnamedDoors,
      { 'src/lib/a.ts': `const { exec } = require('child_process');` },
      /child_process/,
    ],
    ['a door that has gone', doors.staleNames, {}, /dial\.ts is named as a door/],
    [
      'the global fetch',
      doors.globalFetches,
      { 'src/images/a.ts': `const a = await fetch(url);` },
      /^src\/images\/a\.ts:1 goes out/,
    ],
    [
      'the global fetch by its long name',
      doors.globalFetches,
      { 'src/images/a.ts': `globalThis.fetch(url)` },
      /goes out/,
    ],
    ['a web socket', doors.globalFetches, { 'src/images/a.ts': `new WebSocket(url)` }, /goes out/],
    [
      'ctx in a room',
      doors.roomsThatSeeCtx,
      { 'src/images/a.ts': `\nexport const a = (ctx) => ctx.body;` },
      /^src\/images\/a\.ts:2 mentions ctx$/,
    ],
    [
      'koa in a room',
      doors.roomsThatSeeCtx,
      { 'src/accounts/a.ts': `import type { Context } from 'koa';` },
      /imports koa$/,
    ],
    [
      'a router below the web',
      doors.roomsThatSeeCtx,
      { 'src/net/a.ts': `import Router from '@koa/router';` },
      /imports @koa\/router$/,
    ],
    [
      'sharp in the server',
      doors.straySharp,
      { 'src/imaging/pool.ts': `import sharp from 'sharp';` },
      /outside the imaging child/,
    ],
    [
      'a setting read on the way',
      doors.strayEnvironment,
      { 'src/web/a.ts': `const a = process.env['A'];` },
      /^src\/web\/a\.ts:1 reads/,
    ],
    ['the environment by another way', doors.strayEnvironment, { 'src/web/a.ts': `const { env } = process;` }, /reads/],
    ['a long file', doors.longFiles, { 'src/web/a.ts': 'x\n'.repeat(251) }, /has 251 lines/],
  ])('%s', (_, rule, files, sentence) => {
    const found = rule(built(files));
    expect(found[0]).toMatch(sentence);
  });

  test.each<[string, (house: House) => string[], Record<string, string>]>([
    [
      'a room uses its neighbour by the entrance',
      order.insideImports,
      { 'src/feed/a.ts': `import '../images/index.ts';` },
    ],
    ['a room uses its own inside', order.insideImports, { 'src/images/admit/a.ts': `import '../purge.ts';` }],
    ['routes use handlers one by one', order.insideImports, { 'src/routes.ts': `import './web/images.ts';` }],
    [
      'main uses everything left of it',
      order.rightwardImports,
      { 'src/main.ts': `import './web/a.ts';\nimport './lib/a.ts';` },
    ],
    ['the database runs migrations', order.rightwardImports, { 'src/db/a.ts': `import '../../migrations/1.ts';` }],
    [
      'a type may look back within a folder',
      order.fileCycles,
      { 'src/net/a.ts': `import { b } from './b.ts';`, 'src/net/b.ts': `import type { A } from './a.ts';` },
    ],
    [
      'asking whether a text is an address reaches nobody',
      doors.unnamedDoors,
      { 'src/web/a.ts': `import { isIP, type Socket } from 'node:net';` },
    ],
    [
      'a fetch of one’s own',
      doors.globalFetches,
      { 'src/net/a.ts': `export async function fetch(url) {}\nawait door.fetch(url); fetchImage(url); // fetch(url)` },
    ],
    ['ctx in a handler', doors.roomsThatSeeCtx, { 'src/web/a.ts': `export const a = (ctx) => ctx.body;` }],
    ['ctx in a comment', doors.roomsThatSeeCtx, { 'src/images/a.ts': `// never a ctx\n/* ctx */` }],
    ['a file of 250 lines', doors.longFiles, { 'src/web/a.ts': 'x\n'.repeat(250) }],
  ])('and leaves alone: %s', (_, rule, files) => {
    expect(rule(built(files))).toEqual([]);
  });
});
