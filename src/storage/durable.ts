import { constants, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { copyFile, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The steps of a durable move. Each of them can fail in its own way, so tests put failing ones in their place. */
export interface Steps {
  /** Waits until the bytes of a file, or the names in a folder, are on the disk. */
  sync(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  copy(from: string, to: string): Promise<void>;
}

export const diskSteps: Steps = {
  async sync(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  rename,
  copy: (from, to) => copyFile(from, to, constants.COPYFILE_EXCL),
};

/** The code of a system error: `ENOENT`, `ENOSPC`, … Asked by shape, since jest's errors come from another realm. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;

function syncFolderNow(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder (0700) and the missing ones above it, and waits until their names are on the disk. */
export function makeFolderNow(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) syncFolderNow(dirname(made));
}
