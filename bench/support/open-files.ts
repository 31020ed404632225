import { readdir, readFile, readlink } from 'node:fs/promises';

/** How many of each kind a process has open. */
export type OpenFiles = ReadonlyMap<string, number>;

/** SQLite's pool opens up to four connections as they are needed, and keeps them. */
const POOL = /\.sqlite(-wal|-shm)?$/;
const LISTENS = '0A';
const portOf = (address = '') => parseInt(address.split(':')[1] ?? '', 16);

/** What the sockets of a process are, by the number that its links name. */
async function socketsOf(pid: number): Promise<Map<string, string>> {
  const tables = ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'latin1').catch(() => ''));
  const lines = (await Promise.all(tables)).flatMap((table) => table.trim().split('\n').slice(1));
  return new Map(
    lines.map((line) => {
      const [, own, other, state, , , , , , inode = ''] = line.trim().split(/\s+/);
      if (state === LISTENS) return [inode, `listening on port ${portOf(own)}`] as const;
      // Of the two ends the one whose port was given by the system says nothing: it is another one each time.
      const came = portOf(other) > portOf(own);
      return [
        inode,
        came ? `connection that came to port ${portOf(own)}` : `connection to port ${portOf(other)}`,
      ] as const;
    }),
  );
}

/** A link of /proc/PID/fd as a person reads it: without the numbers that are others each time. */
function kindOf(link: string, sockets: ReadonlyMap<string, string>): string {
  const [, inode] = /^socket:\[(\d+)\]$/.exec(link) ?? [];
  if (inode) return sockets.get(inode) ?? 'socket of this machine';
  return link.replace(/^pipe:.*/, 'pipe').replace(/^anon_inode:\[?(\w+)\]?$/, '$1');
}

/** Files and connections that a process has open, but for those of SQLite. Linux only. */
export async function openFiles(pid: number): Promise<OpenFiles> {
  const sockets = await socketsOf(pid);
  const names = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(names.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
  const kinds = new Map<string, number>();
  for (const link of links) {
    if (link === '' || POOL.test(link)) continue;
    const kind = kindOf(link, sockets);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

export const countOf = (files: OpenFiles): number => [...files.values()].reduce((sum, n) => sum + n, 0);

/** A line for each kind of which there are more or fewer than before, what came first. */
export function changes(before: OpenFiles, after: OpenFiles): string[] {
  const kinds = [...new Set([...before.keys(), ...after.keys()])];
  return kinds
    .map((kind) => ({ kind, was: before.get(kind) ?? 0, is: after.get(kind) ?? 0 }))
    .filter(({ was, is }) => was !== is)
    .sort((a, b) => b.is - b.was - (a.is - a.was))
    .map(
      ({ kind, was, is }) =>
        `  ${is > was ? 'new' : 'gone'}: ${Math.abs(is - was)} × ${kind} (${was} before, ${is} after)`,
    );
}
