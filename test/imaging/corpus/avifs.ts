import sharp from 'sharp';
import { be16, be32, box, flipped, join, noise, patched, text } from './bytes.ts';
import { refused, small, taken, type Case } from './case.ts';

const brands = (avif: Buffer, ...others: string[]) => {
  const end = avif.readUInt32BE();
  return join(box('ftyp', ...others.map((name, n) => (n === 0 ? `${name}\0\0\0\0` : name))), avif.subarray(end));
};

/** AVIF: its boxes say everything, and any of them may lie. What stands in `iloc` counts from the file's beginning. */
export async function avifs(): Promise<Case[]> {
  const [plain, clear] = [await small({ format: 'avif' }), await small({ format: 'avif', alpha: true })];
  const png = await small({ format: 'png' });
  const at = (name: string) => plain.indexOf(name);
  const mdat = at('mdat') + 4;
  return [
    ['an AVIF', plain, taken('avif')],
    ['an AVIF with alpha', clear, taken('avif', { alpha: true })],
    ['an AVIF of 10 bits', await sharp(png).avif({ bitdepth: 10, effort: 0 }).toBuffer(), taken('avif')],
    ['a grey AVIF', await small({ format: 'avif', space: 'grey' }), taken('avif')],
    ['an AVIF without loss', await sharp(png).avif({ lossless: true, effort: 0 }).toBuffer(), taken('avif')],
    [
      'an AVIF that holds a sequence too',
      patched(plain, at('miaf'), 'avis'),
      taken('avif', { still_of: 'avif_sequence' }),
    ],
    ['an AVIF under another first brand', patched(plain, 8, 'mif1'), taken('avif')],
    ['a HEIC photo that says AVIF', join(box('ftyp', 'avif\0\0\0\0avifmif1heic'), noise(1, 400)), refused('broken')],
    ['an AVIF that says HEIC', brands(plain, 'heic', 'mif1', 'heic'), refused('is_heic')],
    ['an AVIF that says it is a film', brands(plain, 'isom', 'mp41', 'isom'), refused('is_video')],
    ['an AVIF of nothing but brands', plain.subarray(0, plain.readUInt32BE()), refused('broken')],
    [
      'an AVIF of 100,000 brands',
      join(box('ftyp', 'avif\0\0\0\0', 'abcd'.repeat(100_000)), plain.subarray(plain.readUInt32BE())),
      refused('broken'),
    ],
    ['an AVIF of pixels that are noise', patched(plain, mdat + 20, noise(2, 200)), refused('broken')],
    ['an AVIF with one bit changed', flipped(plain, mdat + 30), refused('broken')],
    ['an AVIF that says it is larger than it is', patched(plain, at('ispe') + 8, be32(5000, 5000)), refused('broken')],
    ['an AVIF that says it is smaller than it is', patched(plain, at('ispe') + 8, be32(130, 126)), refused('broken')],
    ['an AVIF of 0 × 0', patched(plain, at('ispe') + 8, be32(0, 0)), refused('broken')],
    [
      'an AVIF of 4,294,967,295 × 4,294,967,295',
      patched(plain, at('ispe') + 8, be32(0xffffffff, 0xffffffff)),
      refused('broken'),
    ],
    ['an AVIF of a codec that is none', patched(plain, at('av01'), 'xx01'), refused('broken')],
    ['an AVIF coded as HEVC, it says', patched(plain, at('av01'), 'hvc1'), refused('broken')],
    ['an AVIF whose main picture is not there', patched(plain, at('pitm') + 8, be16(99)), refused('broken')],
    ['an AVIF whose bytes are elsewhere', patched(plain, at('iloc') + 8, noise(3, 20)), refused('unprocessable')],
    ['an AVIF with a box of no length', patched(plain, at('meta') - 4, be32(0)), taken('avif')],
    ['an AVIF with a box of 4 GB', patched(plain, at('meta') - 4, be32(0xffffffff)), refused('broken')],
    ['an AVIF with boxes in boxes in boxes', nested(), refused('unprocessable')],
    ['an AVIF whose pixels are cut', plain.subarray(0, mdat + 60), refused('broken')],
  ];
}

function nested(): Buffer {
  let inner = text('');
  for (let depth = 0; depth < 3000; depth++) inner = box(depth % 2 ? 'iprp' : 'ipco', inner);
  return join(box('ftyp', 'avif\0\0\0\0avifmif1'), box('meta', be32(0), inner));
}
