import { Refusal } from '../errors.ts';
import { PICTURE_TYPES } from '../lib/sniff.ts';
import type { Foreign } from '../lib/sniff.ts';
import type { Params } from '../lib/words/index.ts';
import type { Ask, Reason, Verdict } from './protocol.ts';

const CODES: Record<Reason, string> = {
  too_small: 'too_small',
  too_many_pixels: 'too_many_pixels',
  too_many_pixels_of_kind: 'too_many_pixels',
  side_too_long: 'too_many_pixels',
  too_many_frames: 'too_many_pixels',
  too_many_frame_pixels: 'too_many_pixels',
  too_heavy: 'too_many_pixels',
  broken: 'broken',
  unprocessable: 'broken',
  is_heic: 'not_an_image',
};

const KINDS = { jpeg: 'progressive JPEG', png: 'interlaced PNG', avif: 'AVIF', gif: 'GIF', webp: 'WebP' };

/** What a person is told when the bytes are none of the five formats. */
export const notAnImage = (kind: Foreign) => new Refusal(422, 'not_an_image', `imaging.is_${kind}`);

/** What a person is told when a child found that the picture cannot be taken. `detail` goes to the log alone. */
export function refusalOf({ reason, params }: Verdict, { format }: Ask, detail: string): Refusal {
  return new Refusal(422, CODES[reason], `imaging.${reason}`, {
    params: { ...spoken(params), kind: KINDS[format] },
    ...(detail && { cause: new Error(`${PICTURE_TYPES[format]}: ${detail}`) }),
  });
}

/** What a person is told when two children died over their picture, or its memory ran out. */
export const tooHeavy = () => new Refusal(422, 'too_many_pixels', 'imaging.too_heavy');
export const givenUp = () => new Refusal(422, 'broken', 'imaging.gives_up');

/** What a person is told where no child starts: nothing is wrong with their picture, and jobs try it again. */
export const nobodyStarts = (lastWords: string) =>
  new Refusal(503, 'busy', 'imaging.none_starts', {
    retryAfter: 60,
    cause: new Error(`imaging children do not start: ${lastWords}`),
  });

const millions = (pixels: number) => pixels / 1e6;

function spoken({ pixels, limit, ...counts }: Verdict['params']): Params {
  const said: Record<string, number> = { ...counts };
  if (limit !== undefined) said['limit'] = pixels === undefined ? limit : millions(limit);
  if (pixels !== undefined) said['megapixels'] = millions(pixels);
  return said;
}
