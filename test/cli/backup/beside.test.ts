import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../../src/cli/backup/backup.ts';
import { restore } from '../../../src/cli/backup/restore.ts';
import type { Dialect } from '../../../src/db/index.ts';
import { until } from '../../support/imaging.ts';
import { deskOf, openMachine, plantKept, startOn } from '../../support/restored.ts';
import { startTestSite } from '../../support/site.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bowerbird-beside-'));
  path = join(folder, 'site.backup');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each<Dialect>(['sqlite', 'postgres'])(
  'images that are saved on %s while a backup is made are in it whole or not at all, and nobody waits for it',
  async (dialect) => {
    const site = await startTestSite({}, dialect);
    const machine = await openMachine('sqlite', { SECRET: 'test-secret' });
    try {
      const ann = await site.member('ann');
      const before = [await ann.save({ visibility: 'public' }), await ann.save({ visibility: 'public' })];
      await plantKept(site.site.db, site.dataDir, 'crowd', 300);
      const state = { over: false };
      const saving = (async () => {
        const saved: number[] = [];
        while (!state.over || saved.length === 0) saved.push((await ann.save({ visibility: 'public' })).id);
        return saved;
      })();
      for (const _ of [1, 2]) await backUp(deskOf(site.site.config, site.site.db), path, {});
      state.over = true;
      const saved = await saving;
      await restore(machine.desk, path, {});
      const there = await startOn(machine.config);
      try {
        const known: number[] = await there.site.db('images').pluck('id');
        const visitor = there.visitor();
        const ids = [...before.map(({ id }) => id), ...saved.filter((id) => known.map(Number).includes(id))];
        for (const id of ids) {
          // What was not ready yet is made by the job that came along.
          await until('its tiers', async () => (await visitor.image(id)).state === 'ready');
          const image = await visitor.image(id);
          expect(Object.keys(image.tiers)).toHaveLength(4);
          for (const { url } of Object.values(image.tiers)) expect((await visitor.get(url)).status).toBe(200);
        }
      } finally {
        await there.end();
      }
    } finally {
      await machine.end();
      await site.end();
    }
  },
  120_000,
);

test('an image that is deleted for good while a backup is made is not in it, and is no loss', async () => {
  const site = await openMachine('sqlite', { SECRET: 'ours' });
  const machine = await openMachine('sqlite', { SECRET: 'ours' });
  try {
    const ids = await plantKept(site.db, site.config.dataDir, 'ann', 300);
    const { storage_key: last, image_id: id } = await site.db('files').orderBy('storage_key', 'desc').first();
    let deleting: Promise<unknown> | null = null;
    const progress = (line: string | null) => {
      if (deleting || !line?.includes(' files')) return;
      rmSync(join(site.config.dataDir, 'media', last));
      deleting = Promise.resolve(site.db('images').where({ id }).delete());
    };
    expect(await backUp({ ...site.desk, progress }, path, {})).toBe(true);
    await deleting;
    await restore(machine.desk, path, {});
    expect(await machine.db('images').count('* as n').first()).toEqual({ n: ids.length - 1 });
  } finally {
    await machine.end();
    await site.end();
  }
});
