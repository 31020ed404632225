/** The colours that people look for. */
export const COLOURS = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'grey',
  'white',
] as const;
export type Colour = (typeof COLOURS)[number];

/** Where each hue begins, in degrees. */
const HUES: readonly (readonly [number, Colour])[] = [
  [345, 'red'],
  [290, 'pink'],
  [255, 'purple'],
  [195, 'blue'],
  [165, 'teal'],
  [75, 'green'],
  [45, 'yellow'],
  [15, 'orange'],
  [0, 'red'],
];

const channels = (hex: string): [number, number, number] => {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  return [r ?? 0, g ?? 0, b ?? 0];
};

function hueOf(r: number, g: number, b: number): number {
  const most = Math.max(r, g, b);
  const range = most - Math.min(r, g, b);
  const sixth = most === r ? (g - b) / range : most === g ? 2 + (b - r) / range : 4 + (r - g) / range;
  return (60 * sixth + 360) % 360;
}

/** What people call a colour, of `#rrggbb`. */
export function colourName(hex: string): Colour {
  const [r, g, b] = channels(hex);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const light = (most + least) / 2;
  if (most < 0.16) return 'black';
  if (most - least < 0.1) return light > 0.88 ? 'white' : light < 0.16 ? 'black' : 'grey';
  const hue = hueOf(r, g, b);
  // A dark or dull orange is what everybody calls brown.
  if (hue >= 10 && hue < 50 && (most < 0.65 || (most - least) / most < 0.45)) return light > 0.85 ? 'white' : 'brown';
  return HUES.find(([from]) => hue >= from)?.[1] ?? 'red';
}

/** How far apart two colours look, 0 to about 1 (the eye minds green most: https://www.compuphase.com/cmetric.htm). */
export function colourDistance(one: string, other: string): number {
  const [r, g, b] = channels(one);
  const [r2, g2, b2] = channels(other);
  const red = (r + r2) / 2;
  const squares = (2 + red) * (r - r2) ** 2 + 4 * (g - g2) ** 2 + (3 - red) * (b - b2) ** 2;
  return Math.sqrt(squares) / 3;
}
