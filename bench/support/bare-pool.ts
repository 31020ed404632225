import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { builtDir } from '../../src/lib/root.ts';
import type { BareTask } from './bare-tiers.ts';

/** Processes with bare sharp, each at one picture at a time. */
export interface BarePool {
  make(tasks: readonly BareTask[]): Promise<void>;
  close(): void;
}

/** Gives way to others exactly as the site's imaging children do, or a busy machine would favour one side. */
function giveWay(child: ChildProcess) {
  spawnSync('renice', ['-n', '5', '-p', String(child.pid)]);
}

export function openBarePool(size: number): BarePool {
  const env = { PATH: process.env['PATH'] ?? '', MALLOC_ARENA_MAX: '2' };
  const children = Array.from({ length: size }, () =>
    fork(join(builtDir, 'bench', 'support', 'bare-tiers.js'), { env }),
  );
  children.forEach(giveWay);
  return {
    async make(tasks) {
      const left = [...tasks];
      const work = async (child: ChildProcess) => {
        for (let task = left.shift(); task; task = left.shift()) {
          child.send(task);
          await once(child, 'message');
        }
      };
      await Promise.all(children.map(work));
    },
    close: () => children.forEach((child) => child.kill()),
  };
}
