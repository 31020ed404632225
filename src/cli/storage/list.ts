import { query } from '../../db/index.ts';
import { Refusal } from '../../errors.ts';
import { sizeInWords } from '../../lib/size.ts';
import { words } from '../../lib/words/index.ts';
import { BEGINNINGS, createPlaces, forgetStore, openMembers, type Member, type Places } from '../../storage/index.ts';
import type { Desk } from '../desk.ts';

const kept = query<{ files: number; bytes: number | null }>(`
  SELECT count(*) AS files, CAST(sum(bytes) AS bigint) AS bytes FROM (
    SELECT storage_key, max(bytes) AS bytes FROM files GROUP BY storage_key
    UNION ALL SELECT storage_key, bytes FROM photos
    UNION ALL SELECT storage_key, bytes FROM drafts WHERE storage_key IS NOT NULL
    UNION ALL SELECT storage_key, bytes FROM exports WHERE storage_key IS NOT NULL) kept`);

/** Prints what the rows say that there is, and each store: what lies in it, what of that belongs elsewhere, and how much room it has. */
export async function printStores(desk: Desk, { quick = false }: { quick?: boolean }): Promise<boolean> {
  const { config, db, print } = desk;
  const found = await kept.first(db, []);
  print(words('cli.storage_rows', { count: Number(found?.files ?? 0), bytes: sizeInWords(Number(found?.bytes ?? 0)) }));
  const members = openMembers(config);
  const places = createPlaces(members);
  let well = true;
  for (const member of members)
    try {
      await printStore(desk, member, places, quick);
    } catch (error) {
      well = false;
      print(words('cli.storage_fails', { place: member.name, reason: (error as Error).message }));
    }
  desk.progress(null);
  return well;
}

async function printStore(desk: Desk, member: Member, places: Places, quick: boolean) {
  const bytes = await member.storage.free();
  const free = Number.isFinite(bytes) ? words('cli.storage_free', { free: sizeInWords(bytes) }) : '';
  const place = `${member.leaving ? '-' : ''}${member.name}`;
  await member.storage.check();
  const lies = quick ? null : await countIn(desk, member, places);
  const said = lies && words('cli.storage_line', { count: lies.files, bytes: sizeInWords(lies.bytes) });
  const elsewhere = lies && lies.elsewhere > 0 ? words('cli.storage_elsewhere', { count: lies.elsewhere }) : '';
  desk.progress(null);
  desk.print([place, said, free, elsewhere].filter(Boolean).join('\t'));
}

async function countIn({ progress }: Desk, member: Member, places: Places) {
  const lies = { files: 0, bytes: 0, elsewhere: 0 };
  for (const [n, beginning] of BEGINNINGS.entries()) {
    for (const { key, bytes } of await member.storage.list(beginning)) {
      lies.files++;
      lies.bytes += bytes;
      if (places.order(key)[0] !== member) lies.elsewhere++;
    }
    progress(words('cli.storage_counting', { place: member.name, percent: Math.floor((n / BEGINNINGS.length) * 100) }));
  }
  return lies;
}

/** Gives up a store that STORAGE does not name any more. */
export async function forget({ config, db, print }: Desk, name: string): Promise<void> {
  if (config.stores.some((store) => store.name === name))
    throw new Refusal(409, 'named', 'cli.storage_named', { params: { name } });
  if (!(await forgetStore(db, name))) throw new Refusal(404, 'not_found', 'cli.storage_unknown', { params: { name } });
  print(words('cli.storage_forgotten', { name }));
}
