import sharp from 'sharp';
import type { Origin } from '../origin.ts';

/** A flat picture of an exact size, as bytes. */
export const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#7a3' } })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** Serves every `/W x H/name.png` as a picture of that size. */
export async function addPictures(origin: Origin, sizes: readonly string[]): Promise<void> {
  for (const size of sizes) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    const bytes = await picture(width, height);
    for (const name of ['a', 'b', 'c'])
      origin.routes[`/${size}/${name}.png`] = {
        headers: { 'content-type': 'image/png', 'cache-control': 'no-store' },
        body: bytes,
      };
  }
}
