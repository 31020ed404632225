import sharp from 'sharp';
import { JPEG } from '../../src/imaging/child/encoders.ts';

/** What is asked of bare sharp: the tiers of one JPEG, written beside each other under names that begin with `stem`. */
export interface BareTask {
  file: string;
  stem: string;
  /** Four files, or as many as the site makes: Very High and High of a wide picture are one. */
  four: boolean;
}

// As the site's imaging children have it, so that the same number of processes stands against the same number.
sharp.concurrency(1);
sharp.cache(false);

/** Decoded once, shrinking on the way; then each tier from those pixels. */
async function makeTiers({ file, stem, four }: BareTask): Promise<void> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .resize(1024, 1024, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const pixels = () => sharp(data, { raw: { width, height, channels } });
  const inside = (w: number, h: number) => pixels().resize(w, h, { fit: 'inside', withoutEnlargement: true });
  await pixels().jpeg(JPEG).toFile(`${stem}-very_high.jpeg`);
  if (four || height > 786) await inside(1024, 786).jpeg(JPEG).toFile(`${stem}-high.jpeg`);
  await inside(786, 786).jpeg(JPEG).toFile(`${stem}-medium.jpeg`);
  await pixels()
    .resize(124, 124, { fit: 'cover', position: sharp.strategy.attention })
    .jpeg(JPEG)
    .toFile(`${stem}-low.jpeg`);
}

process.on('message', (task: BareTask) => void makeTiers(task).then(() => process.send?.('done')));
