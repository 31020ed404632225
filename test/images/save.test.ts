import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

describe('saving an image', () => {
  let origin: Origin;
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    origin = await startOrigin({ '/big.jpg': await picture({ width: 1600, height: 1200, seed: 77 }) });
    site = await startTestSite({ FETCH_ALLOW: origin.allow });
    ann = await site.member('ann');
  });
  afterAll(async () => {
    await site.end();
    await origin.close();
  });

  test('an upload answers 201 with High made and the other tiers on their way', async () => {
    const image = await ann.save({ title: 'A heap of blue', visibility: 'public' }, { width: 1400, height: 1000 });
    expect(image).toMatchObject({
      title: 'A heap of blue',
      slug: 'a-heap-of-blue',
      state: 'pending',
      quality: 'very_high',
    });
    expect(image.url).toBe(`/images/${image.id}/a-heap-of-blue`);
    expect(Object.keys(image.tiers)).toEqual(['high']);
    expect(image.tiers['high']).toMatchObject({ width: 1024, height: 731, type: 'image/jpeg' });
    await site.settled();
    const ready = await ann.image(image.id);
    expect(ready.state).toBe('ready');
    expect(Object.keys(ready.tiers).sort()).toEqual(['high', 'low', 'medium', 'very_high']);
    expect(ready.tiers['low']).toMatchObject({ width: 124, height: 124 });
  });

  test('an address is fetched by the server, with the origin of its page as Referer', async () => {
    const form = { title: 'From the web', url: `${origin.url}/big.jpg`, page_url: 'http://example.org/a/page?x=1#y' };
    const answer = await ann.post('/images/create', form, { json: true });
    expect(answer.status).toBe(201);
    expect(answer.body.image).toMatchObject({
      source_url: form.url,
      page_url: 'http://example.org/a/page?x=1',
      width: 1600,
    });
    expect(origin.hits.at(-1)?.headers).toMatchObject({ referer: 'http://example.org/' });
    expect(origin.hits.at(-1)?.headers.cookie).toBeUndefined();
  });
});
