import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { WordKey } from '../../lib/words/index.ts';
import { findProgram, type Command, type Surroundings } from './command.ts';

/** The authority as the stores know it. */
export interface Anchor {
  /** Absolute path of ca.pem. */
  path: string;
  /** Its name in files and lists: `bowerbird-` and eight digits of its fingerprint. */
  name: string;
  /** What its own subject says (CN). */
  subject: string;
  /** SHA-1, hex without colons: how Windows names it. */
  sha1: string;
}

export interface SystemStore {
  label: WordKey;
  add: Command[];
  remove: Command[];
}

/** Where the Linux families keep the authorities of the machine's administrator, and what takes them up. */
const LINUX = [
  { folder: 'usr/local/share/ca-certificates', update: ['update-ca-certificates'] }, // Debian, Ubuntu, Alpine
  { folder: 'etc/pki/ca-trust/source/anchors', update: ['update-ca-trust', 'extract'] }, // Fedora, RHEL
  { folder: 'etc/pki/trust/anchors', update: ['update-ca-certificates'] }, // openSUSE
  { folder: 'etc/ca-certificates/trust-source/anchors', update: ['update-ca-trust'] }, // Arch
] as const;

function linux(anchor: Anchor, around: Surroundings): SystemStore | null {
  const found = LINUX.find(
    ({ folder, update }) => existsSync(join(around.root, folder)) && findProgram(update[0], around) !== null,
  );
  if (!found) return null;
  const file = join(around.root, found.folder, `${anchor.name}.crt`);
  const asRoot = (command: Command): Command => {
    if (around.uid === 0) return command;
    return around.interactive ? ['sudo', ...command] : ['sudo', '-n', ...command];
  };
  const update = asRoot([...found.update]);
  return {
    label: 'trust.store_system',
    add: [asRoot(['install', '-m', '0644', anchor.path, file]), update],
    remove: existsSync(file) ? [asRoot(['rm', '-f', file]), update] : [],
  };
}

function macos(anchor: Anchor, { home }: Surroundings): SystemStore {
  const keychain = join(home, 'Library', 'Keychains', 'login.keychain-db');
  return {
    label: 'trust.store_keychain',
    add: [['security', 'add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl', '-k', keychain, anchor.path]],
    remove: [
      ['security', 'remove-trusted-cert', anchor.path],
      ['security', 'delete-certificate', '-c', anchor.subject, keychain],
    ],
  };
}

const windows = (anchor: Anchor): SystemStore => ({
  label: 'trust.store_windows',
  add: [['certutil', '-user', '-addstore', 'Root', anchor.path]],
  remove: [['certutil', '-user', '-delstore', 'Root', anchor.sha1]],
});

/** The store of this system, or null where we do not know it. An empty `remove` means that it is not in there. */
export function systemStore(anchor: Anchor, around: Surroundings): SystemStore | null {
  if (around.platform === 'linux') return linux(anchor, around);
  if (around.platform === 'darwin') return macos(anchor, around);
  return around.platform === 'win32' ? windows(anchor) : null;
}
