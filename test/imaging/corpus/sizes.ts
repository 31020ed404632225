import type { Format } from '../../support/pictures.ts';
import { picture } from '../../support/pictures.ts';
import { refused, taken, type Case } from './case.ts';

const FORMATS: readonly Format[] = ['jpeg', 'png', 'gif', 'webp', 'avif'];

/** Sides at the limits. */
export async function sizes(): Promise<Case[]> {
  const tooSmall = (width: string, height: string) =>
    refused('too_small', { width, height, min_width: '124', min_height: '124' });
  const of = async (width: number, height: number, format: Format = 'png', drawing: 'flat' | 'mosaic' = 'flat') =>
    picture({ width, height, format, drawing });
  return [
    ...(await Promise.all(
      FORMATS.map(async (format): Promise<Case> => [
        `a ${format} of 1 × 1`,
        await of(1, 1, format),
        tooSmall('1', '1'),
      ]),
    )),
    ...(await Promise.all(
      FORMATS.map(async (format): Promise<Case> => [
        `a ${format} of 124 × 124`,
        await of(124, 124, format),
        taken(format, { width: 124, height: 124 }),
      ]),
    )),
    ['123 × 124', await of(123, 124), tooSmall('123', '124')],
    ['124 × 123', await of(124, 123), tooSmall('124', '123')],
    ['1 × 20,000', await of(1, 20_000), tooSmall('1', '20,000')],
    ['20,000 × 1', await of(20_000, 1), tooSmall('20,000', '1')],
    ['30,000 × 124', await of(30_000, 124), taken('png', { width: 30_000, height: 124 })],
    ['124 × 30,000', await of(124, 30_000), taken('png', { width: 124, height: 30_000 })],
    ['124 × 30,001', await of(124, 30_001), refused('side_too_long', { width: '124', height: '30,001' })],
    [
      '16,384 × 130 of WebP’s tiers',
      await of(16_384, 130, 'png', 'mosaic'),
      taken('png', { width: 16_384, height: 130 }),
    ],
    ['1 × 1 turned', await picture({ width: 1, height: 1, orientation: 6 }), tooSmall('1', '1')],
    ['123 × 500 lying on its side', await picture({ width: 123, height: 500, orientation: 6 }), tooSmall('123', '500')],
  ];
}
