import type { Inspection } from '../../../src/imaging/index.ts';
import type { PictureFormat } from '../../../src/lib/sniff.ts';
import { picture, type Picture } from '../../support/pictures.ts';

/** What is found out about a picture that is taken. */
export type Taken = Partial<Inspection> & Pick<Inspection, 'format'>;

/** The sentence of a picture that is refused: its key, without `imaging.`, and what stands in it. */
export interface Refused {
  refused: string;
  params?: Record<string, string>;
}

/** A file, what it is called, and what is to become of it. */
export type Case = readonly [name: string, bytes: Buffer, verdict: Taken | Refused];

/** Small, and yet large enough to be taken. */
export const SIZE = { width: 160, height: 130 };

/** Taken, as a still of `SIZE` through which nothing shines, but for what is said. */
export const taken = (format: PictureFormat, facts: Partial<Inspection> = {}): Taken => ({
  format,
  ...SIZE,
  frames: 1,
  animated: (facts.frames ?? 1) > 1,
  alpha: false,
  still_of: null,
  ...facts,
});

export const refused = (key: string, params?: Record<string, string>): Refused => ({
  refused: key,
  ...(params && { params }),
});

export const small = (wanted: Picture = {}): Promise<Buffer> => picture({ ...SIZE, ...wanted });
