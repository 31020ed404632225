import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import { SCARCE_BYTES, sizeInWords } from '../../lib/size.ts';
import { WrongSetting } from '../../lib/settings.ts';
import type { RedisSetting } from '../../lib/redis-settings.ts';
import type { StoreSetting } from '../../lib/store-settings.ts';
import { probe } from '../../redis/index.ts';
import { openStorage } from '../../storage/index.ts';
import { note, ok, reasonOf, wrong, type Finding } from '../finding.ts';

/** The oldest release of Node that the site runs with, and the newest that gets no security fixes any more. */
const OLDEST = [20, 19] as const;
const PAST_ITS_END = 20;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) return wrong('doctor.node_old', { version });
  return major <= PAST_ITS_END ? note('doctor.node_ending', { version }) : ok('doctor.node', { version });
}

export async function checkFolder({ dataDir }: Config): Promise<Finding> {
  const params = { path: dataDir };
  if (!existsSync(dataDir)) return note('doctor.folder_none', params);
  try {
    await rm(await mkdtemp(join(dataDir, '.doctor-')), { recursive: true });
    return ok('doctor.folder', params);
  } catch (error) {
    return wrong('doctor.folder_wrong', { ...params, reason: reasonOf(error) });
  }
}

/** A site that has data and lost its secret must not make a new one in silence: what the old one has sealed would be lost. */
export async function checkSecret({ secrets, dataDir }: Config): Promise<Finding> {
  const path = join(dataDir, 'secret');
  if (secrets.length > 0) return ok('doctor.secret_set', { count: secrets.length });
  const found = await stat(path).catch(() => null);
  if (!found)
    return existsSync(dataDir) ? wrong('doctor.secret_none', { path }) : note('doctor.secret_later', { path });
  if ((found.mode & 0o077) !== 0) return wrong('doctor.secret_open', { path });
  return found.size > 1 ? ok('doctor.secret', { path }) : wrong('doctor.secret_none', { path });
}

const NONE = SCARCE_BYTES / 10;

/** The folders of data and images, where they are there already. */
export async function checkRoom({ dataDir, stores }: Config): Promise<Finding> {
  const disks = stores.flatMap((store) => (store.kind === 'disk' ? [store.path] : []));
  const free = await Promise.all([dataDir, ...disks].filter(existsSync).map(freeIn));
  const [least] = free.sort((a, b) => a.bytes - b.bytes);
  if (!least) return note('doctor.room_later');
  const params = { path: least.path, free: sizeInWords(least.bytes) };
  if (least.bytes < NONE) return wrong('doctor.room_none', params);
  return least.bytes < SCARCE_BYTES ? note('doctor.room_scarce', params) : ok('doctor.room', params);
}

async function freeIn(path: string) {
  const { bavail, bsize } = await statfs(path);
  return { path, bytes: bavail * bsize };
}

/** Each store: a folder that is not there yet is made by nobody who only looks. */
export const checkStorage = ({ stores, dataDir }: Config): Promise<Finding[]> =>
  Promise.all(stores.map((setting) => checkStore(setting, dataDir)));

async function checkStore(setting: StoreSetting, dataDir: string): Promise<Finding> {
  const place = setting.name;
  if (setting.kind === 'disk' && !existsSync(setting.path)) return note('doctor.storage_later', { place });
  try {
    const store = openStorage({ stores: [setting], dataDir });
    await store.check();
    const [first] = await store.list('00');
    if (first) (await store.read(first.key))?.destroy();
    return ok('doctor.storage', { place });
  } catch (error) {
    if (error instanceof WrongSetting) return wrong('doctor.as_said', { sentence: error.message });
    return wrong('doctor.storage_wrong', { place, reason: reasonOf(error) });
  }
}

/** The Redis servers, where any are configured: doctor writes there what the start writes. */
export const checkRedis = ({ queue, cache }: Config): Promise<Finding[]> =>
  Promise.all([queue, cache].filter((setting) => setting !== null).map(checkServer));

async function checkServer(setting: RedisSetting): Promise<Finding> {
  try {
    await probe(setting);
    return ok('doctor.redis', { setting: setting.setting, name: setting.name });
  } catch (error) {
    return wrong('doctor.as_said', { sentence: (error as Error).message });
  }
}
