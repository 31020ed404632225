import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run, type Command, type Surroundings } from './command.ts';
import { reasonOf } from './faults.ts';
import type { Anchor } from './stores.ts';

/** NSS databases that Chrome, Chromium and Edge read on Linux. */
const CHROME = ['.pki/nssdb', '.local/share/pki/nssdb', 'snap/chromium/current/.pki/nssdb'];

/** Folders of Firefox's profiles, each a database of its own. */
const FIREFOX = [
  '.mozilla/firefox',
  '.config/mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
  'Library/Application Support/Firefox/Profiles',
];

const isStore = (folder: string) => existsSync(join(folder, 'cert9.db'));

function profiles(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return []; // no such browser here
  }
}

/** The browsers' own stores that there are in a person's home. */
export function browserStores({ home, platform }: Surroundings): string[] {
  if (platform === 'win32') return []; // there they follow the system's store, and certutil is another program
  const chrome = platform === 'linux' ? CHROME.map((path) => join(home, path)) : [];
  return [...chrome, ...FIREFOX.flatMap((path) => profiles(join(home, path)))].filter(isStore);
}

/** A new person's Chrome has no store before its first start; it takes up the one that it finds. */
async function makeChromeStore(certutil: string, around: Surroundings): Promise<void> {
  const stores = CHROME.map((path) => join(around.home, path));
  if (around.platform !== 'linux' || stores.some(isStore)) return;
  const [folder = ''] = stores;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    return around.print(`${folder}: ${reasonOf(cause)}`);
  }
  await run([certutil, '-d', `sql:${folder}`, '-N', '--empty-password'], around);
}

export interface Outcome {
  store: string;
  /** Null: done. */
  fault: string | null;
  command: Command;
}

/** Adds to every browser's store, or takes out of those that have it; null where the tool for it is missing. */
export async function changeBrowserStores(
  anchor: Anchor,
  verb: 'add' | 'remove',
  around: Surroundings,
): Promise<Outcome[] | null> {
  const certutil = around.platform === 'win32' ? null : findProgram('certutil', around);
  if (!certutil) return around.platform === 'win32' || browserStores(around).length === 0 ? [] : null;
  if (verb === 'add') await makeChromeStore(certutil, around);
  const outcomes: Outcome[] = [];
  for (const store of browserStores(around)) {
    const where = [certutil, '-d', `sql:${store}`] as const;
    if (verb === 'remove' && (await run([...where, '-L', '-n', anchor.name], around)) !== null) continue;
    const command: Command =
      verb === 'add'
        ? [...where, '-A', '-t', 'C,,', '-n', anchor.name, '-i', anchor.path]
        : [...where, '-D', '-n', anchor.name];
    outcomes.push({ store, fault: await run(command, around), command });
  }
  return outcomes;
}
