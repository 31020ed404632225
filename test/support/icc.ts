import { be16, be32, join } from '../imaging/corpus/bytes.ts';
import type { Rgb } from './colours.ts';

/** Colour profiles by hand, for what sharp does not bring: ICC.1:2001-04. */

/** Fixed point of 16 bits, as profiles write numbers. */
const fixed = (...numbers: number[]) => be32(...numbers.map((number) => Math.round(number * 65_536) >>> 0));
const xyz = (...numbers: number[]) => join('XYZ ', be32(0), fixed(...numbers));
/** A curve that is a power: with one number it has eight bits behind the point. */
const power = (gamma: number) => join('curv', be32(0, 1), be16(Math.round(gamma * 256)), be16(0));
/** The white of profiles, D50. */
const WHITE = [0.9642, 1, 0.8249];

interface Profile {
  kind: 'mntr' | 'prtr';
  space: 'RGB ' | 'GRAY' | 'CMYK';
  pcs: 'XYZ ' | 'Lab ';
  tags: readonly (readonly [name: string, data: Buffer])[];
}

function profile({ kind, space, pcs, tags }: Profile): Buffer {
  const name = join('desc', be32(0, 5), 'test\0', Buffer.alloc(12 + 67));
  const all = [['desc', name], ['wtpt', xyz(...WHITE)], ...tags] as const;
  const table: Buffer[] = [];
  const bodies: Buffer[] = [];
  let at = 128 + 4 + all.length * 12;
  for (const [tag, data] of all) {
    table.push(join(tag, be32(at, data.length)));
    bodies.push(join(data, Buffer.alloc((4 - (data.length % 4)) % 4)));
    at += bodies.at(-1)?.length ?? 0;
  }
  const head = join(be32(at), 'test', be32(0x02400000), kind, space, pcs, be16(2026, 1, 1, 0, 0, 0), 'acsp');
  return join(head, Buffer.alloc(28), fixed(...WHITE), Buffer.alloc(48), be32(all.length), ...table, ...bodies);
}

type Primaries = readonly [red: readonly number[], green: readonly number[], blue: readonly number[]];

/** Those of Adobe RGB (1998), adapted to D50. */
export const ADOBE: Primaries = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
];

export const rgbProfile = ([red, green, blue]: Primaries, gamma = 2.19921875): Buffer =>
  profile({
    kind: 'mntr',
    space: 'RGB ',
    pcs: 'XYZ ',
    tags: [
      ['rXYZ', xyz(...red)],
      ['gXYZ', xyz(...green)],
      ['bXYZ', xyz(...blue)],
      ['rTRC', power(gamma)],
      ['gTRC', power(gamma)],
      ['bTRC', power(gamma)],
    ],
  });

export const greyProfile = (gamma: number): Buffer =>
  profile({ kind: 'mntr', space: 'GRAY', pcs: 'XYZ ', tags: [['kTRC', power(gamma)]] });

/** Lab of a colour of sRGB, near enough: through the matrix for D50. */
function labOf(colour: Rgb): [number, number, number] {
  const [r, g, b] = colour.map((value) => (value / 255) ** 2.2) as [number, number, number];
  const x = 0.4361 * r + 0.3851 * g + 0.1431 * b;
  const y = 0.2225 * r + 0.7169 * g + 0.0606 * b;
  const z = 0.0139 * r + 0.0971 * g + 0.7142 * b;
  const [fx, fy, fz] = [x / 0.9642, y, z / 0.8249].map(Math.cbrt) as [number, number, number];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/**
 * A press whose plates for cyan, magenta and yellow print the inks that are named instead: what each of the sixteen mixtures
 * of full inks looks like, and what lies between by interpolation.
 */
export function pressProfile(inks: readonly [Rgb, Rgb, Rgb]): Buffer {
  const mixtures = Array.from({ length: 16 }, (_, mixture) => {
    const light = [0, 1, 2].map((channel) =>
      inks.reduce((left, ink, plate) => (mixture & (8 >> plate) ? (left * (ink[channel] ?? 0)) / 255 : left), 255),
    );
    const [l, a, b] = labOf((mixture & 1 ? [0, 0, 0] : light) as unknown as Rgb);
    return [l * 2.55, a + 128, b + 128].map((value) => Math.max(0, Math.min(255, Math.round(value))));
  });
  const ramp = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
  const same = fixed(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const table = join('mft1', be32(0), [4, 3, 2, 0], same, ramp, ramp, ramp, ramp, mixtures.flat(), ramp, ramp, ramp);
  return profile({ kind: 'prtr', space: 'CMYK', pcs: 'Lab ', tags: [['A2B0', table]] });
}
