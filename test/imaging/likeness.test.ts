import { CHANGES, isAlike, isCandidate, KINDS, look, mirrored } from '../support/lookalikes.ts';
import type { Change, Kind, Look } from '../support/lookalikes.ts';

const EACH = 3;
/** In gradients and flat pictures there is nothing to know them by: nobody is ever asked about them. */
const BLANK: ReadonlySet<Kind> = new Set(['gradient', 'flat']);
const kinds = Object.keys(KINDS) as Kind[];

interface Made {
  kind: Kind;
  bytes: Buffer;
  seen: Look;
}

const all: Made[] = [];
beforeAll(async () => {
  for (const kind of kinds)
    for (let seed = 0; seed < EACH; seed++) {
      const bytes = await KINDS[kind](seed);
      all.push({ kind, bytes, seen: await look(bytes) });
    }
});
const tellable = () => all.filter(({ kind }) => !BLANK.has(kind));

/** Which of the pictures are not known again after that. */
async function missed(change: (bytes: Buffer) => Promise<Buffer>): Promise<string[]> {
  const lost: string[] = [];
  for (const [n, { kind, bytes, seen }] of tellable().entries())
    if (!isAlike(await look(await change(bytes)), seen)) lost.push(`${kind} ${n % EACH}`);
  return lost;
}

// The bounds are what was measured on 24 of each kind (docs/decisions.md), and a little room.
describe('a picture that was saved before is known again', () => {
  test.each<Change>([
    'compressed again',
    'compressed to bits',
    'as WebP',
    'half as large',
    '200 pixels wide',
    'with other greys',
    'a watermark across',
  ])('%s, always', async (change) => {
    expect(await missed(CHANGES[change])).toEqual([]);
  });

  test.each<Change>(['cropped by 2 % at one side', 'cropped by 2 % all round', 'a watermark in the corner'])(
    '%s, in nineteen of twenty cases',
    async (change) => {
      expect((await missed(CHANGES[change])).length).toBeLessThanOrEqual(0.05 * tellable().length + 1);
    },
  );

  test('cropped by 2 % in both ways, in five of six', async () => {
    const lost = await missed(CHANGES['cropped by 2 % in both ways']);
    expect(lost.length).toBeLessThanOrEqual(tellable().length / 6);
  });
});

describe('nobody is asked about another picture', () => {
  const pairs = () => all.flatMap((one, n) => all.slice(n + 1).map((other) => [one, other] as const));

  test('of any kind: no pair of them is called alike', () => {
    const alike = pairs().filter(([one, other]) => isAlike(one.seen, other.seen));
    expect(alike.map(([one, other]) => `${one.kind}, ${other.kind}`)).toEqual([]);
  });

  test('not even where hashes are near: shapes in the same place, in other colours', () => {
    expect(pairs().filter(([one, other]) => isCandidate(one.seen, other.seen)).length).toBeGreaterThan(0);
  });

  test('not about a mirror image, unless it is the same', async () => {
    const sided = tellable().filter(({ kind }) => kind !== 'product');
    for (const { bytes, seen } of sided) expect(isAlike(await look(await mirrored(bytes)), seen)).toBe(false);
    const even = all.filter(({ kind }) => kind === 'product');
    for (const { bytes, seen } of even) expect(isAlike(await look(await mirrored(bytes)), seen)).toBe(true);
  });

  test('not about gradients and flat pictures, which are all alike', async () => {
    const blank = all.filter(({ kind }) => BLANK.has(kind));
    const asked = blank.filter(({ seen }) => isCandidate(seen, seen)).map(({ kind }) => kind);
    expect(asked.filter((kind) => kind === 'flat')).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(EACH / 2);
  });
});
