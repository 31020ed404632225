import type { Dialect } from '../../src/db/index.ts';
import { bringUpToDate } from '../../src/search/keep.ts';
import { carrying, WHOLE_XMP } from '../support/metadata.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';
import sharp from 'sharp';

describe.each<Dialect>(['sqlite', 'postgres'])('what a picture says of its author, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bea: Member;
  let seed = 700;

  beforeAll(async () => {
    site = await startTestSite({}, dialect);
    [ann, bea] = [await site.member('ann'), await site.member('bea')];
  });
  afterAll(() => site.end());

  const file = async () => carrying('jpeg', { xmp: WHOLE_XMP }, sharp(await picture({ seed: ++seed })));
  const save = async (form: object = {}, bytes?: Buffer): Promise<ImageJson> => {
    const asking = { json: true, file: { bytes: bytes ?? (await file()) } };
    const { status, body } = await ann.post('/images/create', { visibility: 'public', ...form }, asking);
    expect([status, body.error]).toEqual([201, undefined]);
    await site.settled();
    return body.image;
  };
  const facts = async (who: Pick<Member, 'see'>, { url }: ImageJson) => {
    const { $ } = await who.see(url);
    const parts = $('.facts').first().find('dt, dd').toArray();
    return parts.map((part) => $(part).text()).join(' ');
  };

  test('stands on its page, with the licence as a link, and in the JSON of one image', async () => {
    const image = await save();
    expect(await facts(site.visitor(), image)).toBe(
      'Made by Ann Other, Bea Licence https://creativecommons.org/licenses/by/4.0/ Copyright © 2026 Ann Credit Heron & Sons Its file says A heron',
    );
    const { $ } = await bea.see(image.url);
    expect($('a[rel~=license]').attr('href')).toBe('https://creativecommons.org/licenses/by/4.0/');
    expect(await bea.image(image.id)).toMatchObject({
      creator: 'Ann Other, Bea',
      licence: 'https://creativecommons.org/licenses/by/4.0/',
    });
  });

  test('gives way to what a person says, and is not what they say of it', async () => {
    const image = await save({ creator: 'Cleo', licence: 'CC0', caption: 'Found' });
    expect(await ann.image(image.id)).toMatchObject({ creator: 'Cleo', licence: 'CC0', caption: 'Found' });
    expect(await facts(ann, image)).toContain('Copyright © 2026 Ann');
  });

  test('goes along when somebody keeps it among theirs, though the tier at hand says nothing', async () => {
    const image = await save();
    const { body } = await bea.post(`/images/${image.id}/save`, {}, { json: true });
    expect(await facts(bea, body.image)).toContain('Copyright © 2026 Ann Credit Heron & Sons Its file says A heron');
    expect(await bea.image(body.image.id)).toMatchObject({ creator: 'Ann Other, Bea' });
  });

  test('is taken from the larger one when a picture is replaced, where nobody has said anything', async () => {
    const image = await save({ licence: 'CC0' }, await picture({ seed: ++seed }));
    const replaced = await ann.post(
      '/images/create',
      { duplicate: 'replace', replace: String(image.id) },
      { json: true, file: { bytes: await file() } },
    );
    expect(replaced.status).toBe(200);
    expect(await ann.image(image.id)).toMatchObject({ creator: 'Ann Other, Bea', licence: 'CC0' });
    expect(await facts(ann, image)).toContain('Copyright © 2026 Ann');
  });

  test('is found by its words', async () => {
    const image = await save({ title: 'Wader' });
    await bringUpToDate(site.site.db);
    const { body } = await ann.get(`/search?q=${encodeURIComponent('wader "heron sons" by:ann')}`, { json: true });
    expect(body.images.map(({ id }: ImageJson) => id)).toEqual([image.id]);
  });
});
