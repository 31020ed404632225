import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import sharp from 'sharp';
import type { JpegOptions, Sharp, WebpOptions } from 'sharp';
import { isSquare, tierSize } from '../../lib/tiers.ts';
import type { Rendition } from '../../lib/tiers.ts';
import type { Ask, MadeTier } from '../protocol.ts';
import { lookAt } from './pixels.ts';
import type { Pixels } from './pixels.ts';
import type { Source } from './source.ts';

// Measured on 1024-px renditions of six photographs: quality 80 is 99 kB and 10.5 ms, without optimised Huffman tables
// 101 kB and 4.4 ms (and a full-size picture streams instead of standing in memory); progressive 96 kB, 17.5 ms;
// mozjpeg 80 kB, 76 ms at a lower likeness.
const JPEG: JpegOptions = { quality: 80, chromaSubsampling: '4:2:0', optimiseCoding: false };
// Stills: effort 2 is 76 kB in 34 ms, 4 is 73 kB in 83 ms.
const WEBP: WebpOptions = { quality: 80, alphaQuality: 90, effort: 2 };
// A 40-frame GIF of a photograph: WebP 64 kB in 268 ms, GIF 1,842 kB in 1,733 ms.
const MOVING_WEBP: WebpOptions = { quality: 70, effort: 2 };
const WEBP_MAX_SIDE = 16_383;

type Encoded = { image: Sharp; type: MadeTier['type'] };
type Size = { width: number; height: number };

/**
 * Makes tiers into files of `ask.folder`: animations stay animated but in low; stills are JPEG where nothing
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
      const file = made.get(same) ?? (await write(encoded(tier, size, source, pixels), size, ask, made.size));
      made.set(same, file);
      tiers.push({ tier, ...file });
    }
    return tiers;
  };
}

function encoded(tier: Rendition, size: Size, source: Source, pixels: Pixels): Encoded {
  if (source.animated && !isSquare(tier)) return moving(source.look('all').resize({ ...size, fit: 'fill' }), size);
  const isDecoded = size.width <= pixels.width && size.height <= pixels.height;
  return still(
    isDecoded ? shrunk(tier, size, pixels) : source.look('first').toColourspace('srgb'),
    size,
    pixels.opaque,
  );
}

function shrunk(tier: Rendition, size: Size, pixels: Pixels): Sharp {
  if (size.width === pixels.width && size.height === pixels.height) return lookAt(pixels);
  if (!isSquare(tier)) return lookAt(pixels).resize({ ...size, fit: 'fill' });
  return lookAt(pixels).resize({ ...size, fit: 'cover', position: sharp.strategy.attention });
}

function still(image: Sharp, { width, height }: Size, opaque: boolean): Encoded {
  if (opaque) return { image: image.removeAlpha().jpeg(JPEG), type: 'image/jpeg' };
  if (Math.max(width, height) > WEBP_MAX_SIDE) return { image: image.png(), type: 'image/png' };
  return { image: image.webp(WEBP), type: 'image/webp' };
}

const moving = (image: Sharp, { width, height }: Size): Encoded =>
  Math.max(width, height) > WEBP_MAX_SIDE
    ? { image: image.gif({ effort: 1 }), type: 'image/gif' }
    : { image: image.webp(MOVING_WEBP), type: 'image/webp' };

async function write({ image, type }: Encoded, size: Size, ask: Ask, number: number): Promise<Omit<MadeTier, 'tier'>> {
  const name = `${ask.stem}-${number}.${type.slice('image/'.length)}`;
  const path = join(ask.folder, name);
  const hash = createHash('sha256');
  if (size.width * size.height > 4_000_000) {
    // Only `full` is as large as this: it streams through the disk.
    await image.toFile(path);
    await pipeline(createReadStream(path), hash);
  } else {
    const bytes = await image.toBuffer();
    hash.update(bytes);
    await writeFile(path, bytes, { flag: 'wx' });
  }
  return { name, ...size, bytes: (await stat(path)).size, type, sha256: hash.digest('hex') };
}
