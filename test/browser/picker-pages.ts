import sharp from 'sharp';
import type { Origin, Route } from '../support/origin.ts';

/** A flat picture of an exact size, as bytes. */
export const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#7a3' } })
    .png({ compressionLevel: 9 })
    .toBuffer();

/** What a page answers with: the picker must work under all of it. */
export const STRICT = {
  'content-security-policy':
    "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'",
};

export const page = (body: string, head = '', headers: Record<string, string> = {}): Route => ({
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`,
});

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
