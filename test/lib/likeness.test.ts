import * as fc from 'fast-check';
import { isFlat, neighbours, quarters } from '../../src/lib/likeness.ts';
import { phashDistance } from '../../src/lib/phash.ts';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));
const flips = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 7 });

const flipped = (one: string, bits: readonly number[]) =>
  bits
    .reduce((value, bit) => value ^ (1n << BigInt(bit)), BigInt(`0x${one}`))
    .toString(16)
    .padStart(16, '0');

describe('the index of likeness', () => {
  test('finds every hash that is at most 7 bits away, by one of its quarters', () => {
    fc.assert(
      fc.property(hash, flips, (one, bits) => {
        const other = flipped(one, bits);
        expect(phashDistance(one, other)).toBe(bits.length);
        const stored = quarters(other);
        expect(quarters(one).some((quarter, n) => neighbours(quarter).includes(stored[n] ?? -1))).toBe(true);
      }),
    );
  });

  test('asks each quarter for itself and the sixteen one bit away', () => {
    const around = neighbours(0xabcd);
    expect(new Set(around).size).toBe(17);
    const hex = (quarter: number) => quarter.toString(16).padStart(16, '0');
    for (const other of around) expect(phashDistance(hex(other), hex(0xabcd))).toBeLessThanOrEqual(1);
    expect(Math.max(...around)).toBeLessThan(65_536);
  });

  test('leaves blank pictures alone', () => {
    expect(['0000000000000000', 'ffffffffffffffff', '000000000000000f', 'fffffffffffffff0'].map(isFlat)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(isFlat('000000000000001f')).toBe(false);
  });
});
