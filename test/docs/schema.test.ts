import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootDir } from '../../src/lib/root.ts';
import { onDatabase } from '../support/databases.ts';

onDatabase('sqlite', (open) => {
  test('the page about the schema has a row for every table, and for no other', async () => {
    const db = await open();
    // A search index keeps itself in tables of its own, which belong to SQLite.
    const tables: string[] = await db('pragma_table_list').whereIn('type', ['table', 'virtual']).pluck('name');
    const ours = tables.filter((name) => !/^(sqlite_|migrations)/.test(name));
    const page = await readFile(join(rootDir, 'docs/schema.md'), 'utf8');
    const told = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(ours.sort());
  });
});
