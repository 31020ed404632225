import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Desk } from '../../src/cli/desk.ts';
import { forget, printStores } from '../../src/cli/storage/list.ts';
import { rebalance } from '../../src/cli/storage/rebalance.ts';
import { readConfig } from '../../src/config.ts';
import type { Db } from '../../src/db/index.ts';
import { openMembers, openStorage, settleStores } from '../../src/storage/index.ts';
import { eachDatabase } from '../support/databases.ts';
import { kept, readAll } from '../storage/contract.ts';

let folder: string;
let lines: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-stores-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deskAt = (db: Db, stores: string, progress: Desk['progress'] = () => {}): Desk => ({
  config: readConfig({ DATA_DIR: folder, STORAGE: stores.replaceAll('@', `file:${folder}/`) }),
  db,
  print: (line) => lines.push(line),
  input: (async function* () {})(),
  progress,
  ask() {},
});

const settled = ({ db, config }: Desk) => settleStores(db, config.stores);

eachDatabase((open) => {
  test('a store more: what belongs to it moves there while everything can be read, and the list says so', async () => {
    const db = await open();
    const before = openStorage(deskAt(db, '@one').config);
    const keys = await Promise.all(Array.from({ length: 60 }, (_, n) => kept(before, `number ${n}`)));
    const desk = deskAt(db, '@one,@two');
    await printStores(desk, {});
    expect(lines[1]).toMatch(/^file:DATA_DIR\/one\t60 files, .*\t.* free\t\d+ belong elsewhere: `storage rebalance`$/);
    expect(await rebalance(desk)).toBe(true);
    expect(lines.at(-1)).toMatch(/^Everything is in its place: \d\d files moved, \d+ bytes\.$/);
    lines = [];
    expect(await printStores(desk, {})).toBe(true);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^file:DATA_DIR\/one\t\d+ files, .*free$/),
      expect.stringMatching(/^file:DATA_DIR\/two\t\d+ files, .*free$/),
    ]);
    const after = openStorage(desk.config);
    expect(await Promise.all(keys.map((key) => readAll(after, key)))).toEqual(keys.map((_, n) => `number ${n}`));
  });

  test('an interrupted one goes on where it was; with other stores it begins anew', async () => {
    const db = await open();
    const before = openStorage(deskAt(db, '@one').config);
    for (let n = 0; n < 40; n++) await kept(before, 'x');
    let looks = 0;
    const dies = deskAt(db, '@one,@two', (line) => {
      if (line && ++looks === 128) throw new Error('killed');
    });
    await expect(rebalance(dies)).rejects.toThrow('killed');
    expect(await rebalance(deskAt(db, '@one,@two'))).toBe(true);
    expect(lines[0]).toBe('Going on where it was: 50 % are done.');
    lines = [];
    await rebalance(deskAt(db, '@one,@two,@three'));
    expect(lines[0]).toMatch(/^Everything is in its place/);
  });

  test('a store may go when it is emptied, and not before', async () => {
    const db = await open();
    await settled(deskAt(db, '@one,@two'));
    const [, two] = openMembers(deskAt(db, '@one,@two').config);
    const key = two ? await kept(two.storage, 'x') : '';
    await expect(settled(deskAt(db, '@one'))).rejects.toThrow(
      /^STORAGE: no longer names file:DATA_DIR\/two, which may hold images\..*STORAGE=…,-file:DATA_DIR\/two/,
    );
    const leaving = deskAt(db, '@one,-@two');
    await settled(leaving);
    expect(await rebalance(leaving)).toBe(true);
    expect(lines.at(-1)).toBe('file:DATA_DIR/two is empty: STORAGE can do without it now.');
    await settled(leaving);
    const alone = deskAt(db, '@one');
    await settled(alone);
    expect(await readAll(openStorage(alone.config), key)).toBe('x');
    // Taken into use again, it is missed again.
    await settled(deskAt(db, '@one,@two'));
    await expect(settled(alone)).rejects.toThrow(/no longer names/);
  });

  test('a store that is lost for good is given up by its name', async () => {
    const db = await open();
    await settled(deskAt(db, '@one,@two'));
    const desk = deskAt(db, '@one');
    await expect(forget(desk, 'file:DATA_DIR/one')).rejects.toThrow(/still names/);
    await expect(forget(desk, 'file:/nowhere')).rejects.toThrow(/No store is known/);
    await forget(desk, 'file:DATA_DIR/two');
    await settled(desk);
    expect(lines).toEqual(['file:DATA_DIR/two is no longer missed.']);
  });
});
