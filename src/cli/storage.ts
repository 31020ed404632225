import { query } from '../db/index.ts';
import { sizeInWords } from '../lib/size.ts';
import { words } from '../lib/words/index.ts';
import { openStorage } from '../storage/index.ts';
import type { AddCommands, Desk } from './desk.ts';

export const addStorage: AddCommands = (program, atDesk) => {
  const storage = program.command('storage').description(words('cli.storage'));
  storage
    .command('list')
    .description(words('cli.storage_list'))
    .action(() => atDesk(printStores));
};

const kept = query<{ files: number; bytes: number | null }>(`
  SELECT count(*) AS files, CAST(sum(bytes) AS bigint) AS bytes FROM (
    SELECT storage_key, max(bytes) AS bytes FROM files GROUP BY storage_key
    UNION ALL SELECT storage_key, bytes FROM photos
    UNION ALL SELECT storage_key, bytes FROM drafts WHERE storage_key IS NOT NULL
    UNION ALL SELECT storage_key, bytes FROM exports WHERE storage_key IS NOT NULL) kept`);

/** Prints each store: where it is, what the rows say that it holds, and how much room it has. */
export async function printStores({ config, db, print }: Desk) {
  const storage = openStorage(config.storage, config.dataDir);
  const found = await kept.first(db, []);
  const files = Number(found?.files ?? 0);
  const params = { place: config.storage, bytes: sizeInWords(Number(found?.bytes ?? 0)) };
  print(words('cli.storage_line', { ...params, count: files, free: sizeInWords(await storage.free()) }));
}
