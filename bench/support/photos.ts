import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';

const WIDTH = 4000;
const HEIGHT = 3000;

/**
 * So many JPEGs of twelve megapixels in `folder`: those of `from` brought to that size, or without it made up of soft
 * patches under the noise of a sensor, which weigh and decode like photographs.
 */
export async function makePhotos(folder: string, count: number, from: string | undefined): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const given = from ? (await readdir(from)).filter((name) => /\.jpe?g$/i.test(name)).sort() : [];
  if (from && given.length === 0) throw new Error(`no JPEG in ${from}`);
  const files: string[] = [];
  for (let n = 0; n < count; n++) {
    const name = given[n % given.length];
    const picture = name && from ? sharp(join(from, name)).autoOrient().resize(WIDTH, HEIGHT) : await drawn(n);
    const file = join(folder, `${n}.jpg`);
    await writeFile(file, await picture.jpeg({ quality: 90 }).toBuffer());
    files.push(file);
  }
  return files;
}

async function drawn(n: number): Promise<Sharp> {
  const side = 12;
  const patches = Buffer.from(Array.from({ length: side * side * 3 }, (_, i) => (i * (n * 97 + 31) * 7919) % 251));
  const noise = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .blur(0.5)
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(patches, { raw: { width: side, height: side, channels: 3 } })
    .resize(WIDTH, HEIGHT, { kernel: 'cubic', fit: 'fill' })
    .composite([{ input: noise, blend: 'soft-light' }]);
}
