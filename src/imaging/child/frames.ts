import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { swapsSides, turnFrames } from '../../lib/orientation.ts';
import type { Source } from './source.ts';

interface Size {
  width: number;
  height: number;
}

/** All frames of an animation in that size, upright, in their order and rhythm. */
export const framesOf = async (source: Source, size: Size): Promise<Sharp> =>
  source.turn === 1 ? source.look('all').resize({ ...size, fit: 'fill' }) : turned(source, size);

/** libvips holds the frames as one tall picture: turned as a whole they would change places, or lie on their sides. */
async function turned({ look, turn }: Source, size: Size): Promise<Sharp> {
  const [width, height] = swapsSides(turn) ? [size.height, size.width] : [size.width, size.height];
  const { loop = 0, delay = [] } = await look('all').metadata();
  const { data, info } = await look('all')
    .resize({ width, height, fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  turnFrames(new Uint32Array(data.buffer, data.byteOffset, data.length / 4), width, height, turn);
  const frames = data.length / (4 * width * height);
  const raw = { width: size.width, height: size.height * frames, channels: info.channels, pageHeight: size.height };
  // Said here, it holds for whatever they are written as.
  return sharp(data, { raw, limitInputPixels: false }).webp({ loop, delay });
}
