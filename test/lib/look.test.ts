import { ALIKE, apart, BESIDE, cellsOf, LOOK_COLUMNS, LOOK_SIDE, lookOf, type Look } from '../../src/lib/look.ts';

type Rgb = readonly [number, number, number];

/** The look of an 8 × 8 picture that is drawn cell by cell. */
const drawn = (colourAt: (x: number, y: number) => Rgb): Look =>
  lookOf(Array.from({ length: LOOK_SIDE ** 2 }, (_, n) => colourAt(n % LOOK_SIDE, Math.floor(n / LOOK_SIDE))).flat());
const plain = (colour: Rgb) => drawn(() => colour);
const at = (look: Look, column: (typeof LOOK_COLUMNS)[number]) => look[LOOK_COLUMNS.indexOf(column)] ?? 0;
const sunset = (strength: number) =>
  drawn((_, y) => (y < 4 ? [200 + strength, 120, 40 + strength] : [40 + strength, 30, 60]));
/** Whether the one is looked up when what is like the other is looked for. */
const meet = (one: Look, other: Look) =>
  cellsOf(one).some((cell, grid) => BESIDE[grid]?.includes((cellsOf(other)[grid] ?? 0) - cell));

describe('the look of a picture', () => {
  test('of one colour is its brightness and its two colour differences, and nothing else', () => {
    const grey = plain([100, 100, 100]);
    expect(at(grey, 'y0')).toBe(Math.round(100 * Math.SQRT2));
    expect(grey.filter((n) => n !== 0)).toHaveLength(1);
    const blue = plain([0, 0, 255]);
    expect(at(blue, 'b0')).toBeGreaterThan(100);
    expect(at(blue, 'r0')).toBeLessThan(0);
    expect(at(plain([255, 0, 0]), 'r0')).toBeGreaterThan(200);
  });

  test('says what is light above and dark below, and tells it from the same on its head and on its side', () => {
    const sky = drawn((_, y) => (y < 4 ? [220, 220, 220] : [40, 40, 40]));
    const upsideDown = drawn((_, y) => (y < 4 ? [40, 40, 40] : [220, 220, 220]));
    const side = drawn((x) => (x < 4 ? [220, 220, 220] : [40, 40, 40]));
    expect(at(sky, 'y2')).toBeGreaterThan(100);
    expect(at(upsideDown, 'y2')).toBe(-at(sky, 'y2'));
    expect(at(side, 'y1')).toBe(at(sky, 'y2'));
    expect(apart(sky, upsideDown)).toBeGreaterThan(apart(sky, side));
  });

  test('is nearer to a picture of the same colours in the same places than to either alone', () => {
    const [one, other] = [sunset(0), sunset(15)];
    const sameColours = drawn((x) => (x < 4 ? [200, 120, 40] : [40, 30, 60]));
    const sameShape = drawn((_, y) => (y < 4 ? [40, 120, 200] : [60, 30, 40]));
    expect(apart(one, one)).toBe(0);
    expect(apart(one, other)).toBeLessThan(apart(one, sameColours) / 4);
    expect(apart(one, other)).toBeLessThan(apart(one, sameShape) / 4);
  });

  test('of all colours at once is not that of a grey one, though their means are the same', () => {
    const colours: Rgb[] = [
      [255, 0, 0],
      [0, 255, 255],
    ];
    const mosaic = drawn((x, y) => colours[(x + y) % 2] ?? [0, 0, 0]);
    const grey = drawn((x, y) => ((x + y) % 2 ? [179, 179, 179] : [76, 76, 76]));
    expect(mosaic.slice(0, -1)).toEqual(grey.slice(0, -1));
    expect(apart(mosaic, grey)).toBeGreaterThan(ALIKE);
  });

  test('is looked up from any that is near, and from none that is far', () => {
    for (let strength = 0; strength < 50; strength++) {
      const near = sunset(strength + 8);
      expect([apart(sunset(strength), near) < ALIKE, meet(sunset(strength), near)]).toEqual([true, true]);
    }
    expect(meet(plain([255, 255, 255]), plain([0, 0, 0]))).toBe(false);
    expect(meet(plain([200, 30, 30]), plain([30, 30, 200]))).toBe(false);
  });

  test('lies in cells whose numbers fit a column, whatever the colours are', () => {
    for (const seed of [3, 7, 11, 13]) {
      const wild = drawn((x, y) => [(x * 97 * seed) % 256, (y * 61 * seed) % 256, ((x + y) * 37 * seed) % 256]);
      for (const cell of cellsOf(wild))
        expect([Number.isInteger(cell), cell >= 0 && cell < 2 ** 30]).toEqual([true, true]);
      for (const number of wild) expect(Math.abs(number)).toBeLessThan(1200);
    }
  });
});
