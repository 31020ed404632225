import { join } from 'node:path';
import { WrongSetting } from '../lib/settings.ts';
import type { StoreSetting } from '../lib/store-settings.ts';
import { diskStorage } from './disk.ts';
import { codeOf } from './durable.ts';
import { ringStorage, type Member } from './ring/index.ts';
import { s3Storage } from './s3/index.ts';
import type { Storage } from './storage.ts';

/** What of the settings says where bytes lie. */
export interface StorageSettings {
  stores: readonly StoreSetting[];
  dataDir: string;
}

/** Each store by itself. A disk's temporary files lie on it; those of the others in DATA_DIR. */
export const openMembers = ({ stores, dataDir }: StorageSettings): Member[] =>
  stores.map((setting) => ({ name: setting.name, leaving: setting.leaving, storage: openStore(setting, dataDir) }));

/** What a disk says is said of its setting. */
function openStore(setting: StoreSetting, dataDir: string): Storage {
  if (setting.kind === 's3') return s3Storage({ setting, temporaryDir: join(dataDir, 'passing') });
  const wrong = (error: unknown) =>
    new WrongSetting('storage.disk_probe', { name: setting.name, code: codeOf(error) ?? String(error) });
  try {
    const disk = diskStorage({ dir: setting.path, temporaryDir: join(setting.path, '.temporary') });
    const check = () => disk.check().catch((error: unknown) => Promise.reject(wrong(error)));
    return { ...disk, check };
  } catch (error) {
    throw wrong(error);
  }
}

/** The stores of STORAGE as one. */
export function openStorage(settings: StorageSettings): Storage {
  const members = openMembers(settings);
  const [only] = members;
  return only && members.length === 1 ? only.storage : ringStorage(members);
}
