import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';

const WIDTH = 4000;
const HEIGHT = 3000;

/** The JPEGs of `from`, as they are. */
export async function givenPhotos(from: string): Promise<string[]> {
  const names = (await readdir(from)).filter((name) => /\.jpe?g$/i.test(name)).sort();
  if (names.length === 0) throw new Error(`no JPEG in ${from}`);
  return names.map((name) => join(from, name));
}

/**
 * So many JPEGs of twelve megapixels in `folder`, made up of soft patches under the noise of a sensor, which weigh and
 * decode like photographs.
 */
export async function drawPhotos(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = Array.from({ length: count }, (_, n) => join(folder, `${n}.jpg`));
  for (const [n, file] of files.entries())
    await writeFile(file, await (await drawn(n)).jpeg({ quality: 90 }).toBuffer());
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
