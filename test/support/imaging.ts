import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createImaging } from '../../src/imaging/index.ts';
import type { Imaging, ImagingLimits, ImagingOptions, RenderedTier } from '../../src/imaging/index.ts';
import type { Tier } from '../../src/lib/tiers.ts';

export const LIMITS: ImagingLimits = { maxPixels: 100_000_000, maxFrames: 500, minWidth: 124, minHeight: 124 };

export interface Studio {
  imaging: Imaging;
  /** Where the pictures are put. */
  home: string;
  /** Where the tiers go. */
  folder: string;
  /** What was logged, as text. */
  logged: string[];
  put(bytes: Buffer): Promise<string>;
  inspect(bytes: Buffer): ReturnType<Imaging['inspect']>;
  render(bytes: Buffer, tiers: readonly Tier[]): Promise<RenderedTier[]>;
  /** What a person is told about these bytes: `code: sentence`. */
  refusalOf(bytes: Buffer): Promise<string>;
  /** The names of the files that were made. */
  files(): Promise<string[]>;
  close(): Promise<void>;
}

/** Imaging over a folder of its own. */
export async function openStudio(options: Partial<ImagingOptions> = {}): Promise<Studio> {
  const home = await mkdtemp(join(tmpdir(), 'imaging-'));
  const folder = await mkdtemp(join(home, 'tiers-'));
  const logged: string[] = [];
  const note = (facts: object, text?: string) => void logged.push(`${text} ${JSON.stringify(facts)}`);
  const log = { debug: note, info: note, warn: note, error: note };
  const imaging = createImaging({
    workers: 2,
    limits: LIMITS,
    log,
    folders: { reads: [home], writes: [folder] },
    ...options,
  });
  let files = 0;
  const put = async (bytes: Buffer) => {
    const file = join(home, `source-${files++}`);
    await writeFile(file, bytes);
    return file;
  };
  const inspect = async (bytes: Buffer) => imaging.inspect(await put(bytes), folder);
  return {
    imaging,
    home,
    folder,
    logged,
    put,
    inspect,
    render: async (bytes, tiers) => imaging.render(await put(bytes), folder, tiers),
    refusalOf: (bytes) =>
      inspect(bytes).then(
        () => 'taken',
        (error: { status: number; code: string; message: string }) => {
          if (error.status !== 422) throw error;
          return `${error.code}: ${error.message}`;
        },
      ),
    files: () => readdir(folder),
    async close() {
      await imaging.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** The processes that a process has started (by default this one), of those whose command line holds `holding`. */
export async function childrenOf(pid = process.pid, holding = 'imaging/child/main.js'): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const seen = await Promise.all(
    pids.map(async (child) => {
      const stat = await readFile(`/proc/${child}/stat`, 'latin1').catch(() => '');
      const command = await readFile(`/proc/${child}/cmdline`, 'latin1').catch(() => '');
      return Number(/\) \S (\d+)/.exec(stat)?.[1]) === pid && command.includes(holding) ? child : 0;
    }),
  );
  return seen.filter(Boolean);
}

/** Whether a process has a file open whose path begins so. */
export async function holdsOpen(pid: number, path: string): Promise<boolean> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return targets.some((target) => target.startsWith(path));
}

export const isAlive = async (pid: number) =>
  /^State:\s+[^ZX]/m.test(await readFile(`/proc/${pid}/status`, 'latin1').catch(() => ''));

/** Waits until something is so; fails with its name when it never is. */
export async function until<T>(what: string, look: () => Promise<T> | T, ms = 30_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; Date.now() < end; await pause(10)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`never came to pass: ${what}`);
}
