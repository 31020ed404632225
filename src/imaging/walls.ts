import { existsSync, lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../lib/log.ts';
import { builtDir, rootDir } from '../lib/root.ts';

/**
 * What keeps a child in, beside its limits, the best first. `walled`: it has no network, no rights, and sees nothing but
 * system libraries, our code and the folders it is given, most of them read-only. `offline`: no network and no rights.
 * `open`: whatever our own user may do.
 */
export const WALLS = ['walled', 'offline', 'open'] as const;
export type Walls = (typeof WALLS)[number];

/** The folders that a child has to do with, as absolute paths. */
export interface Folders {
  reads: readonly string[];
  writes: readonly string[];
}

/** The walls that a machine allows, found out by its first children: no trial costs anything where the best ones stand. */
export interface Keeper {
  readonly walls: Walls;
  /** A child has begun its work behind these. */
  stood(walls: Walls): void;
  /** A child could not even begin behind these; answers whether there are others to try. */
  fell(walls: Walls, lastWords: string): boolean;
}

export function createKeeper(folders: Folders | undefined, log: Log): Keeper {
  const first = folders ? 0 : 1;
  let at = first;
  let known = false;
  let why = '';
  return {
    get walls() {
      return WALLS[at] ?? 'open';
    },
    stood(walls) {
      if (known) return;
      known = true;
      if (at > first) log.warn({ walls, why }, 'imaging children are less confined than they could be');
    },
    fell(walls, lastWords) {
      const tried = WALLS.indexOf(walls);
      if (known || tried < at) return tried < at;
      why = lastWords;
      // When none stands, it is not the walls' fault.
      at = tried + 1 < WALLS.length ? tried + 1 : first;
      return at > tried;
    },
  };
}

const isRoot = process.geteuid?.() === 0;
/** Root keeps reading what belongs to others, as the site does; all that could take the walls down again goes. */
const RIGHTS = `--bounding-set=-all${isRoot ? ',+dac_override' : ''}`;
/** Root needs no users of its own; for anybody else they are the way to the other spaces. */
const apart = (spaces: string) => ['unshare', isRoot ? `-${spaces}` : `-Ur${spaces}`];

/** The command that runs `command` behind walls. Every step becomes the next, so that the process stays the same. */
export function behind(
  walls: Walls,
  command: readonly string[],
  folders: Folders = { reads: [], writes: [] },
): string[] {
  if (walls === 'open') return [...command];
  const inside = ['setpriv', '--no-new-privs', '--inh-caps=-all', RIGHTS, ...command];
  if (walls === 'offline') return [...apart('ni'), ...inside];
  return [...apart('nim'), '/bin/sh', '-c', builder(folders), 'walls', ...inside];
}

/** Where distributions keep programs and libraries; some are links into others. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/nix', '/gnu', '/etc/ld.so.cache'];
const DEVICES = ['/dev/null', '/dev/urandom', '/proc'];
/** Node.js, our compiled code, and the packages. */
const OURS = [
  process.execPath,
  join(dirname(dirname(process.execPath)), 'lib'),
  builtDir,
  join(rootDir, 'node_modules'),
  join(rootDir, 'package.json'),
];

const isFolder = (path: string) => statSync(path).isDirectory();
const isLink = (path: string) => lstatSync(path).isSymbolicLink();

function builder({ reads, writes }: Folders): string {
  const system = SYSTEM.filter((path) => existsSync(path));
  const links = system.filter(isLink);
  const readable = [...new Set([...system, ...OURS, ...reads])].filter(
    (path) => existsSync(path) && !links.includes(path),
  );
  const writable = [...DEVICES, ...writes].filter((path) => existsSync(path));
  const seen = [...readable, ...writable];
  const row = (options: string) => (path: string) => `${escaped(path)} ${escaped(`/sys${path}`)} none ${options} 0 0`;
  return script({
    folders: seen.map((path) => (isFolder(path) ? path : dirname(path))),
    files: seen.filter((path) => !isFolder(path)),
    links,
    table: [...readable.map(row('rbind,ro')), ...writable.map(row('rbind'))].join('\n'),
  });
}

interface Plan {
  folders: readonly string[];
  files: readonly string[];
  links: readonly string[];
  /** As in /etc/fstab. */
  table: string;
}

/**
 * An empty disk takes the place of /sys, gets all that is to be seen, and becomes the root; what was the root is let go.
 * /proc goes last, since mount and umount look into it. In few steps, as each of them is a process.
 */
const script = ({ folders, files, links, table }: Plan) => `
  set -e
  mount -t tmpfs -o size=1m,mode=755 none /sys
  cd /sys
  mkdir -p old ${folders.map((path) => quoted(`.${path}`)).join(' ')}
  for file in ${files.map((path) => quoted(`.${path}`)).join(' ')}; do : > "$file"; done
  ${links.length > 0 ? `cp -P ${links.join(' ')} .` : ''}
  printf '%s\\n' ${quoted(table)} > old/table
  mount -a -T old/table
  pivot_root . old
  cd /
  umount -l /old
  umount -l /proc
  exec "$@"`;

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A path in a table of mounts: what would part its columns is written in octal digits (fstab(5)). */
const escaped = (path: string) =>
  path.replace(/[\s\\#]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
