/** A picture's look: thirteen small numbers, six of brightness, seven of colour; see `lookOf`. */
export type Look = readonly number[];

/** The side of the square of colours that `lookOf` reads. */
export const LOOK_SIDE = 8;

/** The numbers of a look as columns: brightness, blueness, redness, each from its mean to finer waves; strength of colour. */
export const LOOK_COLUMNS = ['y0', 'y1', 'y2', 'y3', 'y4', 'y5', 'b0', 'b1', 'b2', 'r0', 'r1', 'r2', 'c0'] as const;

/** Which waves across and down are kept, in the order of the standard: the mean, then zigzag. */
const WAVES = [
  [0, 0],
  [1, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [2, 0],
] as const;

/** How much each wave counts, as the standard's tests found best: the means and the broad strokes most, redness twice. */
const WEIGHTS = { y: [2, 2, 2, 1, 1, 1], b: [2, 1, 1], r: [4, 2, 2] } as const;

const wave = (k: number, n: number) => Math.cos((Math.PI * (2 * n + 1) * k) / (2 * LOOK_SIDE));

/** How much there is of some waves in 8 × 8 values; the wave of [0, 0] is their mean. */
function wavesOf(values: Float64Array, weights: readonly number[]): number[] {
  return weights.map((weight, at) => {
    const [across, down] = WAVES[at] ?? [0, 0];
    let sum = 0;
    for (let n = 0; n < values.length; n++)
      sum += (values[n] ?? 0) * wave(across, n % LOOK_SIDE) * wave(down, Math.floor(n / LOOK_SIDE));
    return Math.round((Math.sqrt(weight) * sum * (at === 0 ? 1 : 2)) / values.length);
  });
}

/**
 * The look of a picture from the colours of an 8 × 8 grid laid over it (red, green, blue of each, 0–255, row by row): the
 * lowest waves of brightness and of the two colour differences, and how strong the colours are. After the colour layout descriptor of MPEG-7 (E. Kasutani,
 * A. Yamada, "The MPEG-7 color layout descriptor", ICIP 2001), but not made coarser, and with the weights of its distance
 * in the numbers themselves, so that how far two looks are apart is the plain sum of squares.
 */
export function lookOf(colours: ArrayLike<number>): Look {
  const count = LOOK_SIDE ** 2;
  const [y, b, r] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let n = 0; n < count; n++) {
    const [red = 0, green = 0, blue = 0] = [colours[3 * n], colours[3 * n + 1], colours[3 * n + 2]];
    y[n] = 0.299 * red + 0.587 * green + 0.114 * blue;
    b[n] = 0.564 * (blue - (y[n] ?? 0));
    r[n] = 0.713 * (red - (y[n] ?? 0));
  }
  return [...wavesOf(y, WEIGHTS.y), ...wavesOf(b, WEIGHTS.b), ...wavesOf(r, WEIGHTS.r), strengthOf(b, r)];
}

/** How strong the colours are at all, counted twice as the means are. The standard has no such number, and takes what is full of colours for grey. */
function strengthOf(b: Float64Array, r: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < b.length; n++) sum += Math.hypot(b[n] ?? 0, r[n] ?? 0);
  return Math.round((Math.SQRT2 * sum) / b.length);
}

/** Two pictures that are less apart have something in common that people see; docs/decisions.md says how it was found. */
export const ALIKE = 4000;

/** How far two looks are apart: the sum of the squares. */
export const apart = (one: Look, other: Look): number =>
  one.reduce((sum, value, at) => sum + (value - (other[at] ?? 0)) ** 2, 0);

/** How wide the cells are that looks are sorted into, by column; what is not named does not count. */
export const GRIDS: readonly (readonly [column: (typeof LOOK_COLUMNS)[number], width: number][])[] = [
  [
    ['y0', 60],
    ['b0', 30],
    ['r0', 48],
  ],
  [
    ['y0', 70],
    ['y1', 60],
    ['y2', 60],
    ['b0', 36],
    ['r0', 56],
  ],
];

/** Each number of a cell is one of so many, from half below nought to half above: more than there can be. */
export const STEPS = 64;

/**
 * The cells that a look lies in, one of a grid of colours and one of finer shape, each as a number below 2^30. Pictures
 * that look alike lie in the same cell or in one beside it, so that those to be compared are looked up and never searched for.
 */
export const cellsOf = (look: Look): number[] =>
  GRIDS.map((grid) =>
    grid.reduce((sum, [column, width]) => {
      const value = look[LOOK_COLUMNS.indexOf(column)] ?? 0;
      return sum * STEPS + Math.round(value / width) + STEPS / 2;
    }, 0),
  );

const STEP = [-1, 0, 1];

/**
 * What to add to a cell's number for the cells beside it, the cell itself first: of the first grid all that it touches, also at
 * a corner, of the second those a step away in one number.
 */
export const BESIDE: readonly (readonly number[])[] = [
  STEP.flatMap((y) => STEP.flatMap((b) => STEP.map((r) => (y * STEPS + b) * STEPS + r))),
  [0, ...[0, 1, 2, 3, 4].flatMap((place) => [STEPS ** place, -(STEPS ** place)])],
].map((steps) => steps.toSorted((one, other) => Math.abs(one) - Math.abs(other)));
