import { lstat, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pixelSize } from '../lib/pixel-size.ts';
import { isPicture, PICTURE_TYPES, sniff } from '../lib/sniff.ts';
import { boxOf, type Rendition } from '../lib/tiers.ts';
import type { RenderedTier } from './index.ts';
import type { Ask, MadeTier } from './protocol.ts';

/** Where a picture's measures stand, but for the oddest files. */
export const HEAD_BYTES = 65_536;

/** Reads a file's first bytes. */
export async function headOf(path: string, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Believes a child only what can be seen: that it made tiers that were asked for (all of them, or of an inspection's
 * further ones those that are not High itself), under names of this very call, as plain files of the size, type and
 * measures that it says. Throws a sentence for the log where they are not.
 */
export async function checkTiers(
  ask: Ask,
  wanted: readonly Rendition[],
  made: readonly MadeTier[],
): Promise<RenderedTier<Rendition>[]> {
  const names = made.map(({ tier }) => tier);
  const asked = wanted === ask.also ? wanted.filter((tier) => names.includes(tier)) : wanted;
  if (names.join() !== asked.join()) throw new Error('other tiers than were asked for');
  return Promise.all(made.map((tier) => checkTier(ask, tier)));
}

async function checkTier({ folder, stem }: Ask, { name, ...made }: MadeTier): Promise<RenderedTier<Rendition>> {
  if (!name.startsWith(`${stem}-`) || !/^[\w-]+\.\w+$/.test(name))
    throw new Error(`a file called ${JSON.stringify(name)}`);
  const path = join(folder, name);
  const seen = await lstat(path);
  if (!seen.isFile() || seen.size !== made.bytes) throw new Error(`${name} is not a file of ${made.bytes} bytes`);
  const head = await headOf(path, Math.min(seen.size, HEAD_BYTES));
  const kind = sniff(head);
  if (!isPicture(kind) || PICTURE_TYPES[kind] !== made.type) throw new Error(`${name} is ${kind}, not ${made.type}`);
  const size = pixelSize(kind, head);
  if (size?.width !== made.width || size.height !== made.height) throw new Error(`${name} has other measures`);
  if (made.tier !== 'full') {
    const box = boxOf(made.tier);
    if (made.width > box.width || made.height > box.height) throw new Error(`${name} is larger than ${made.tier}`);
  }
  return { ...made, path };
}

/** Removes what a failed call has left in its folder, but for the files that were given away. */
export async function removeLeftovers({ folder, stem }: Ask, given: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names
      .filter((name) => name.startsWith(stem) && !given.has(name))
      .map((name) => rm(join(folder, name), { force: true })),
  );
}
