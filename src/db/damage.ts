import { existsSync, statSync } from 'node:fs';
import { WrongSetting } from '../lib/settings.ts';
import { openPlain } from './plain.ts';

/** A file up to this is looked through in a second or so at the start; of larger ones `doctor` tells. */
const LOOKED_THROUGH = 256 * 1024 * 1024;

/**
 * Looks at a SQLite file that a site is to start with. Nothing is repaired: what SQLite cannot read, a backup has.
 * @throws WrongSetting where it is damaged, or its log of the last commits was taken away
 */
export async function refuseDamaged(url: string): Promise<void> {
  const path = url.slice('sqlite:'.length);
  if (!existsSync(path)) return;
  // A process makes the log first and clears it away last: whoever left one without the other was none of ours.
  if (existsSync(`${path}-shm`) && !existsSync(`${path}-wal`)) throw new WrongSetting('start.log_gone', { path });
  if (statSync(path).size > LOOKED_THROUGH) return;
  const damage = await damageOf(path);
  if (damage !== 'ok') throw new WrongSetting('start.damaged', { path, damage: damage.split('\n')[0] ?? '' });
}

async function damageOf(path: string): Promise<string> {
  try {
    const file = await openPlain(path);
    try {
      const [row] = await file.all<{ quick_check: string }>('PRAGMA quick_check(1)');
      return row?.quick_check ?? 'none';
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return message;
    throw error;
  }
}
