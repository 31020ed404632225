import sharp from 'sharp';

export type Rgb = readonly [red: number, green: number, blue: number];

/** The corners of `quarters`, a fifth from the edges. */
export const QUARTERS: readonly Rgb[] = [
  [230, 20, 20],
  [20, 200, 20],
  [20, 20, 230],
  [250, 250, 250],
];

/** The colours at some places of a frame, given as fractions. */
export async function coloursAt(path: string, places: readonly (readonly [number, number])[], page = 0) {
  const { data, info } = await sharp(path, { page }).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return places.map(([x, y]): Rgb => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  });
}

/** The colours of the four quarters, as they are read. */
export const quartersOf = (path: string, page = 0) =>
  coloursAt(
    path,
    [
      [0.2, 0.2],
      [0.8, 0.2],
      [0.2, 0.8],
      [0.8, 0.8],
    ],
    page,
  );

export async function middleOf(path: string, page = 0): Promise<Rgb> {
  const [colour] = await coloursAt(path, [[0.5, 0.5]], page);
  return colour ?? [0, 0, 0];
}

/** How far two colours are apart, in the channel that differs most. */
export const apart = (one: Rgb, other: Rgb): number =>
  Math.max(...one.map((value, n) => Math.abs(value - (other[n] ?? 0))));

/** The same of several, where they differ most. */
export const farthest = (some: readonly Rgb[], others: readonly Rgb[]): number =>
  Math.max(...some.map((colour, n) => apart(colour, others[n] ?? [0, 0, 0])));
