import type { Step } from '../../src/images/index.ts';
import { sha256, takeAlong } from '../support/archive.ts';
import { freshDatabase } from '../support/databases.ts';
import { until } from '../support/imaging.ts';
import { Saver } from './saver.ts';

const POINTS = ['export_writing', 'export_written', 'export_kept'] as const;

async function dieAt(saver: Saver, point: Step) {
  await saver.site.arm(point);
  // The worker may be quicker than the answer.
  await saver.person.post('/account/data').catch(() => {});
  await saver.site.dead;
  expect(await saver.ledger.faults()).toEqual([]);
  await saver.startAgain();
  await until('the zip', async () => {
    const { body } = await saver.person.get('/account/data', { json: true });
    return body.export?.state === 'ready';
  });
  const { json, files } = await takeAlong(saver.site.address, saver.person);
  expect(json.images).toHaveLength(1);
  for (const { path, sha256: hash } of Object.values(json.images[0]?.files ?? {}))
    expect([path, sha256(files.get(path))]).toEqual([path, hash]);
  await saver.expectTidy();
}

async function openSaver(env: Record<string, string> = {}): Promise<Saver> {
  const saver = await Saver.open(env);
  const sent = await saver.form('Bricks', 700);
  expect(await sent.send()).toBe(201);
  await until('the tiers', () => saver.ledger.settled());
  return saver;
}

test('a site on SQLite that is killed while it makes a zip makes it anew, and leaves nothing of the first', async () => {
  const saver = await openSaver();
  try {
    for (const point of POINTS) await dieAt(saver, point);
  } finally {
    await saver.close();
  }
});

test('so does one on PostgreSQL', async () => {
  const database = await freshDatabase('postgres');
  const saver = await openSaver({ DATABASE_URL: database.url });
  try {
    await dieAt(saver, 'export_kept');
  } finally {
    await saver.close();
    await database.drop();
  }
});
