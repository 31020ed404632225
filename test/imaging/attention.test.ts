import sharp from 'sharp';
import { focus } from '../../src/imaging/child/attention.ts';
import { picture } from '../support/pictures.ts';
import type { Picture } from '../support/pictures.ts';

/** Where a square crop of this picture is put, from 0 to 1 on each axis. */
async function cropOf(bytes: Buffer) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const side = Math.min(info.width, info.height);
  const channels = info.channels === 4 ? 4 : 3;
  return focus({ ...info, data, channels }, { width: side / info.width, height: side / info.height });
}

const drawn = (wanted: Picture) => picture({ width: 360, height: 120, format: 'png', ...wanted });

async function withDot(background: Buffer, colour: string, left: number): Promise<Buffer> {
  const dot = await sharp({ create: { width: 40, height: 40, channels: 3, background: colour } })
    .png()
    .toBuffer();
  return sharp(background)
    .composite([{ input: dot, left, top: 40 }])
    .png()
    .toBuffer();
}

describe('the place of a crop', () => {
  test('is the middle where nothing differs, and where there is no choice', async () => {
    expect(await cropOf(await drawn({ drawing: 'flat' }))).toEqual({ x: 0.5, y: 0.5 });
    expect(await cropOf(await drawn({ drawing: 'noise', width: 120 }))).toEqual({ x: 0.5, y: 0.5 });
  });

  test('is not in the middle of a subject at the side, but shows all of it', async () => {
    const { x, y } = await cropOf(await withDot(await drawn({ drawing: 'flat' }), '#2050ff', 300));
    // The crop is 120 of 360 pixels wide: it begins at 240 × x.
    expect([240 * x <= 300, 240 * x + 120 >= 340, y]).toEqual([true, true, 0.5]);
  });

  test.each(['#ff2020', '#ffffff', '#000000'])('is drawn by %s in what is busy all over', async (colour) => {
    const busy = await sharp(await drawn({ drawing: 'noise' }))
      .linear(0.3, 80)
      .png()
      .toBuffer();
    for (const left of [5, 320]) {
      const { x } = await cropOf(await withDot(busy, colour, left));
      expect([240 * x <= left + 2, 240 * x + 120 >= left + 38]).toEqual([true, true]);
    }
  });

  test('is drawn by what is busy in what is flat', async () => {
    const [busy, flat] = [await drawn({ drawing: 'noise', width: 60 }), await drawn({ drawing: 'flat' })];
    const { x } = await cropOf(
      await sharp(flat)
        .composite([{ input: busy, left: 290, top: 0 }])
        .png()
        .toBuffer(),
    );
    expect(240 * x).toBeGreaterThan(220);
  });

  test('is not drawn by what is see-through', async () => {
    const see = await drawn({ drawing: 'noise', alpha: true });
    expect((await cropOf(see)).x).toBeLessThan(0.5);
  });
});
