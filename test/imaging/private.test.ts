import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { BOX_TIERS } from '../../src/lib/tiers.ts';
import { openStudio } from '../support/imaging.ts';
import type { Studio } from '../support/imaging.ts';
import { madeOf, MARK, telling, type Kind } from '../support/private.ts';

let studios: Studio[];
const sources = new Map<Kind, Buffer>();
beforeAll(async () => {
  studios = await Promise.all((['jpeg', 'webp'] as const).map((stills) => openStudio({ stills, workers: 1 })));
  for (const kind of KINDS) sources.set(kind, await telling(kind));
});
afterAll(() => Promise.all(studios.map((studio) => studio.close())));

const sourceOf = (kind: Kind) => sources.get(kind) ?? Buffer.alloc(0);
const tells = (bytes: Buffer) => bytes.includes(MARK) || bytes.includes(Buffer.from(MARK, 'utf16le'));

/** What JFIF says, the tables, the frame and the scans of a JPEG. */
const JPEG_PARTS = ['e0', 'db', 'c0', 'c2', 'c4', 'dd', 'da'];
/** The pixels of a WebP, how much shines through them, and its frames. */
const WEBP_PARTS = ['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF'];
const PLAIN = new Set([...JPEG_PARTS, ...WEBP_PARTS]);

const CARRIED: readonly Kind[] = ['jpeg', 'png', 'apng', 'webp', 'moving webp', 'avif'];
const KINDS: readonly Kind[] = [...CARRIED, 'gif', 'moving gif'];

test.each(KINDS)('where, when, with what and by whom it was made never leaves in a tier of a %s', async (kind) => {
  const source = sourceOf(kind);
  expect(tells(source)).toBe(true);
  // What moves is WebP either way.
  for (const studio of kind.startsWith('moving') ? studios.slice(0, 1) : studios)
    for (const { path } of await studio.render(source, [...BOX_TIERS, 'full'])) {
      const bytes = await readFile(path);
      expect(tells(bytes)).toBe(false);
      expect(madeOf(bytes).filter((part) => !PLAIN.has(part))).toEqual([]);
    }
});

test.each(CARRIED)('of a %s it would leave if nobody took care', async (kind) => {
  const careless = await sharp(sourceOf(kind)).resize(124).keepMetadata().webp({ effort: 0 }).toBuffer();
  for (const told of ['model', 'latitude', 'maker note', 'serial number of the body', 'thumbnail', 'history'])
    expect(careless.includes(`${MARK} ${told}`)).toBe(true);
  expect(madeOf(careless)).toEqual(expect.arrayContaining(['EXIF', 'XMP ']));
});
