import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Sharp } from 'sharp';
import { isSquare, tierSize } from '../../lib/tiers.ts';
import type { Rendition } from '../../lib/tiers.ts';
import type { Ask, MadeTier } from '../protocol.ts';
import { focus } from './attention.ts';
import { JPEG, MOVING_WEBP, WEBP } from './encoders.ts';
import { framesOf } from './frames.ts';
import { coverSize, lookAt } from './pixels.ts';
import type { Bitmap, Pixels } from './pixels.ts';
import type { Source } from './source.ts';

const WEBP_MAX_SIDE = 16_383;

type Encoded = { image: Sharp; type: MadeTier['type'] };
type Size = { width: number; height: number };

/**
 * Makes tiers into files of `ask.folder`: animations stay animated but in low; stills are `ask.stills` where nothing
 * shines through, else WebP. sharp writes no metadata unless told to, so nothing private leaves.
 * Tiers of the same size share one file, also when they are asked for one after the other.
 */
export function tierMaker(source: Source, pixels: Pixels, ask: Ask) {
  const made = new Map<string, Omit<MadeTier, 'tier'>>();
  return async (wanted: readonly Rendition[]): Promise<MadeTier[]> => {
    const tiers: MadeTier[] = [];
    for (const tier of wanted) {
      const size = tierSize(tier, source.width, source.height);
      const moving = source.animated && !isSquare(tier);
      const same = `${size.width}x${size.height}${moving ? ' moving' : ''}`;
      const file =
        made.get(same) ?? (await write(await encoded(tier, size, source, pixels, ask), size, ask, made.size));
      made.set(same, file);
      tiers.push({ tier, ...file });
    }
    return tiers;
  };
}

async function encoded(tier: Rendition, size: Size, source: Source, pixels: Pixels, { stills }: Ask): Promise<Encoded> {
  if (source.animated && !isSquare(tier)) return moving(await framesOf(source, size), size);
  const isDecoded = size.width <= pixels.width && size.height <= pixels.height;
  const opaque = pixels.channels === 3;
  const image = isDecoded ? shrunk(tier, size, pixels) : source.look('first').toColourspace('srgb');
  return still(opaque && !isDecoded ? image.removeAlpha() : image, size, opaque ? stills : 'webp', opaque);
}

function shrunk(tier: Rendition, size: Size, pixels: Pixels): Sharp {
  if (isSquare(tier)) return cropped(size, pixels);
  return sized(pixels, size);
}

const sized = (bitmap: Bitmap, size: Size): Sharp =>
  size.width === bitmap.width && size.height === bitmap.height
    ? lookAt(bitmap)
    : lookAt(bitmap).resize({ ...size, fit: 'fill' });

/** Cut out of the smallest copy that holds it, where the picture has what matters. */
function cropped({ width, height }: Size, pixels: Pixels): Sharp {
  const cover = coverSize(pixels, { width, height });
  const at = focus(pixels.small, { width: width / cover.width, height: height / cover.height });
  const left = Math.round((cover.width - width) * at.x);
  const top = Math.round((cover.height - height) * at.y);
  const from = cover.width <= pixels.small.width && cover.height <= pixels.small.height ? pixels.small : pixels;
  return sized(from, cover).extract({ left, top, width, height });
}

/** What WebP is too small for is JPEG where nothing can shine through, else PNG. */
function still(image: Sharp, { width, height }: Size, format: Ask['stills'], opaque: boolean): Encoded {
  if (format === 'webp' && Math.max(width, height) <= WEBP_MAX_SIDE)
    return { image: image.webp(WEBP), type: 'image/webp' };
  return opaque ? { image: image.jpeg(JPEG), type: 'image/jpeg' } : { image: image.png(), type: 'image/png' };
}

const moving = (image: Sharp, { width, height }: Size): Encoded =>
  Math.max(width, height) > WEBP_MAX_SIDE
    ? { image: image.gif({ effort: 1 }), type: 'image/gif' }
    : { image: image.webp(MOVING_WEBP), type: 'image/webp' };

async function write({ image, type }: Encoded, size: Size, ask: Ask, number: number): Promise<Omit<MadeTier, 'tier'>> {
  const name = `${ask.stem}-${number}.${type.slice('image/'.length)}`;
  const path = join(ask.folder, name);
  if (size.width * size.height > 4_000_000) {
    // Only `full` is as large as this: it streams through the disk.
    await image.toFile(path);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    return { name, ...size, bytes: (await stat(path)).size, type, sha256: hash.digest('hex') };
  }
  const bytes = await image.toBuffer();
  // Nothing else waits for this process: a thread to write it would only cost.
  writeFileSync(path, bytes, { flag: 'wx' });
  return { name, ...size, bytes: bytes.length, type, sha256: createHash('sha256').update(bytes).digest('hex') };
}
