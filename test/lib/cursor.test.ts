import * as fc from 'fast-check';
import { readCursor, writeCursor } from '../../src/lib/cursor.ts';

describe('a cursor', () => {
  test('reads back as the numbers it was written from', () => {
    const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 4 }), (key) => {
        expect(readCursor(writeCursor(key), key.length)).toEqual(key);
      }),
    );
  });

  test('stays an address as it is', () => {
    expect(writeCursor([1_764_000_000_000, 42])).toMatch(/^[0-9a-z]+-[0-9a-z]+$/);
  });

  test.each([
    '',
    '-',
    '1',
    '1-2-3',
    '1-',
    '-1',
    'A-1',
    '1-🙂',
    '1-2 ',
    ' 1-2',
    '1.5-2',
    '1--2',
    'zzzzzzzzzzz-1',
    `${'1'.repeat(40)}-1`,
    "1-'",
  ])('%j is none of two numbers', (text) => expect(readCursor(text, 2)).toBeNull());

  test('no text makes it throw or answer what is no whole number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const key = readCursor(text, 2);
        expect(key === null || key.every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true);
      }),
    );
  });
});
