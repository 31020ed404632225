import sharp from 'sharp';
import type { Dialect } from '../../src/db/index.ts';
import { lookRow } from '../../src/images/admit/insert.ts';
import { LOOK_SIDE, lookOf } from '../../src/lib/look.ts';
import { picture } from '../support/pictures.ts';
import { plantImages, type Planted } from '../support/plant.ts';
import { queriesOf } from '../support/queries.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

type Rgb = readonly [number, number, number];

const lookOfOne = (colour: Rgb) => lookOf(Array.from({ length: LOOK_SIDE ** 2 }, () => colour).flat());
const RED: Rgb = [180, 40, 40];
const REDDISH: Rgb = [175, 48, 44];
const BROWN: Rgb = [165, 70, 60];
const BLUE: Rgb = [40, 40, 180];

describe.each<Dialect>(['sqlite', 'postgres'])('images that look like one, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;
  let bob: Member;
  let visitor: Visitor;
  const ANN = 1;
  const BOB = 2;

  beforeAll(async () => {
    site = await startTestSite({ OPEN_GALLERY: 'yes' }, dialect);
    ann = await site.member('ann');
    bob = await site.member('bob');
    visitor = site.visitor();
  });
  afterAll(() => site.end());
  afterEach(async () => {
    await site.site.db('images').delete();
  });

  const plant = async (title: string, colour: Rgb, about: Partial<Planted> = {}): Promise<number> => {
    const [id = 0] = await plantImages(site.site.db, [
      { ownerId: ANN, visibility: 'public', ...about, more: { title } },
    ]);
    await site.site.db('looks').insert(lookRow(id, lookOfOne(colour)));
    return id;
  };
  const alike = async (id: number, who: Visitor = ann): Promise<ImageJson[]> => {
    const { status, body } = await who.get(`/images/${id}/similar`, { json: true });
    expect([status, body.next, body.page, body.pages]).toEqual([200, null, 1, 1]);
    return body.images;
  };
  const titles = async (id: number, who: Visitor = ann) => (await alike(id, who)).map(({ title }) => title);

  test('the most alike come first, and what has nothing in common does not come', async () => {
    const red = await plant('Red', RED);
    await plant('Brown', BROWN);
    await plant('Reddish', REDDISH);
    await plant('Blue', BLUE);
    await plant('Red again', RED);
    expect(await titles(red)).toEqual(['Red again', 'Reddish', 'Brown']);
  });

  test('a reader finds only what they may see, and no name that is hidden', async () => {
    const red = await plant('Red', RED);
    await plant('Of members', RED, { ownerId: BOB, visibility: 'members' });
    await plant('Secret', RED, { ownerId: BOB, visibility: 'private' });
    await plant('In the bin', RED, { ownerId: BOB, binnedAt: 1 });
    await plant('Anonymous', RED, { ownerId: BOB, showName: false });
    expect((await titles(red)).toSorted()).toEqual(['Anonymous', 'Of members']);
    expect((await titles(red, bob)).toSorted()).toEqual(['Anonymous', 'Of members', 'Secret']);
    expect(await titles(red, visitor)).toEqual(['Anonymous']);
    const [nameless] = await alike(red, visitor);
    expect(nameless?.username).toBeNull();
  });

  test('of an image that one may not see nothing is told, not even what looks like it', async () => {
    const secret = await plant('Secret', RED, { ownerId: BOB, visibility: 'private' });
    const ofMembers = await plant('Of members', RED, { ownerId: BOB, visibility: 'members' });
    const binned = await plant('In the bin', RED, { binnedAt: 1 });
    const status = async (id: number | string, who: Visitor) => (await who.get(`/images/${id}/similar`)).status;
    expect([await status(secret, ann), await status(secret, visitor), await status(secret, bob)]).toEqual([
      404, 404, 200,
    ]);
    expect([await status(ofMembers, visitor), await status(ofMembers, ann)]).toEqual([303, 200]);
    expect([await status(binned, ann), await status(9_999_999, ann), await status('0x10', ann)]).toEqual([
      404, 404, 404,
    ]);
  });

  test('three queries, and at most 24 images, however many there are', async () => {
    const red = await plant('Red', RED);
    const ids = await plantImages(
      site.site.db,
      Array.from({ length: 400 }, () => ({ ownerId: BOB, visibility: 'public' as const })),
    );
    const rows = ids.map((id, n) => lookRow(id, lookOfOne([170 + (n % 20), 40, 40])));
    for (let at = 0; at < rows.length; at += 50) await site.site.db('looks').insert(rows.slice(at, at + 50));
    // What the planted ones leave for the search to do is not asked by the page.
    await site.settled();
    expect(await queriesOf(site.site.db, () => ann.get(`/images/${red}/similar`))).toHaveLength(3);
    expect(await alike(red)).toHaveLength(24);
  });

  test('the page says so where nothing looks like it, also of an image from before looks were kept', async () => {
    const blue = await plant('Blue', BLUE);
    const [old = 0] = await plantImages(site.site.db, [{ ownerId: ANN, visibility: 'public' }]);
    for (const id of [blue, old]) {
      const { $ } = await ann.see(`/images/${id}/similar`);
      expect($('main').text()).toContain('Nothing looks like it');
    }
  });

  test('a picture that was saved is found by a smaller copy of it, and by its new look once it is replaced', async () => {
    const bytes = await picture({ seed: 7, width: 900, height: 600 });
    const smaller = await sharp(bytes).resize(450).jpeg({ quality: 60 }).toBuffer();
    const upload = async (who: Member, image: Buffer, form: object = {}): Promise<ImageJson> => {
      const fields = { visibility: 'public', ...form };
      const { status, body } = await who.post('/images/create', fields, { json: true, file: { bytes: image } });
      expect(status).toBeLessThan(300);
      return body.image;
    };
    const saved = await upload(ann, bytes, { title: 'Large' });
    const copy = await upload(bob, smaller, { title: 'Small' });
    expect(await titles(saved.id)).toEqual(['Small']);
    expect(await titles(copy.id, bob)).toEqual(['Large']);
    const other = await picture({ drawing: 'flat', colour: { r: 10, g: 200, b: 30 }, width: 900, height: 600 });
    await upload(ann, other, { duplicate: 'replace', replace: String(saved.id) });
    expect(await titles(copy.id, bob)).toEqual([]);
  });
});
