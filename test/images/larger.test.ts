import sharp from 'sharp';
import { startOrigin, type Origin, type Route } from '../support/origin.ts';
import { html, picture } from '../support/pictures.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

/** A larger version of a picture is a try: what comes is laid beside the one that the page showed. */
let origin: Origin;
let site: TestSite;
let ann: Member;
let large: Buffer;
let small: Buffer;
let other: Buffer;

beforeAll(async () => {
  large = await picture({ width: 1200, height: 900, seed: 31, quality: 90 });
  small = await sharp(large).resize(400).jpeg().toBuffer();
  other = await picture({ width: 1200, height: 900, seed: 32 });
  origin = await startOrigin();
  site = await startTestSite({ FETCH_ALLOW: origin.allow, FETCH_TIMEOUT: '2' });
});
beforeEach(async () => {
  ann = await site.member();
  origin.hits.length = 0;
});
afterAll(async () => {
  await site?.end();
  await origin?.close();
});

const PAGE = 'https://birds.example/page';
const at = (path: string) => `${origin.url}${path}`;
const asked = () => origin.hits.map(({ path }) => path);

async function save(routes: Record<string, Route>, form: Record<string, string>): Promise<ImageJson> {
  origin.routes = routes;
  const { status, body } = await ann.post('/images/create', { page_url: PAGE, ...form }, { json: true });
  expect([status, body.error]).toEqual([201, undefined]);
  return body.image;
}

const pick = { url: () => at('/best.jpg'), seen: () => at('/seen.jpg') };
const saveBoth = (best: Route | undefined, seen: Route | undefined) =>
  save(
    { ...(best ? { '/best.jpg': best } : {}), ...(seen ? { '/seen.jpg': seen } : {}) },
    { url: pick.url(), seen_url: pick.seen() },
  );

test('the larger one is kept where it is the same picture', async () => {
  const image = await saveBoth(large, small);
  expect([image.width, image.height, image.source_url]).toEqual([1200, 900, pick.url()]);
  expect(asked()).toEqual(['/best.jpg', '/seen.jpg']);
});

test.each([
  ['a square out of the middle', { left: 150, top: 0, width: 900, height: 900 }],
  ['a square from the left', { left: 0, top: 0, width: 900, height: 900 }],
  ['a strip from below', { left: 0, top: 300, width: 1200, height: 600 }],
])('the larger one is kept where the shown one is %s of it', async (_, part) => {
  const shown = await sharp(large).extract(part).resize(300).jpeg({ quality: 60 }).toBuffer();
  expect((await saveBoth(large, shown)).source_url).toBe(pick.url());
  expect((await saveBoth(other, shown)).source_url).toBe(pick.seen());
});

test.each<[string, () => Promise<Route> | Route]>([
  ['another picture', () => other],
  [
    'a placeholder of one colour',
    () =>
      sharp({ create: { width: 1200, height: 900, channels: 3, background: '#ccc' } })
        .jpeg()
        .toBuffer(),
  ],
  [
    'the same cut to other proportions',
    () => sharp(large).extract({ left: 0, top: 0, width: 900, height: 900 }).jpeg().toBuffer(),
  ],
  ['a smaller file', () => sharp(large).resize(300).jpeg().toBuffer()],
  ['a page', () => ({ headers: { 'content-type': 'text/html' }, body: html() })],
  ['nothing (404)', () => ({ status: 404, body: '' })],
  ['a refusal (403)', () => ({ status: 403, body: '' })],
  ['half a file', async () => large.subarray(0, 20_000)],
  ['no answer', () => () => {}],
])('where there is %s, the one that the page showed is kept', async (_, best) => {
  const image = await saveBoth(await best(), small);
  expect([image.width, image.height, image.source_url]).toEqual([400, 300, pick.seen()]);
  // What was fetched to be laid beside it is what is kept.
  expect(asked()).toEqual(['/best.jpg', '/seen.jpg']);
});

test('where the one that was shown cannot be had, the larger one is kept', async () => {
  expect((await saveBoth(large, undefined)).source_url).toBe(pick.url());
  expect((await saveBoth(other, { status: 403, body: '' })).source_url).toBe(pick.url());
});

test('where neither can be had, what is said is about the one that was picked, and nothing is left', async () => {
  origin.routes = { '/seen.jpg': { status: 410, body: '' }, '/best.jpg': { status: 404, body: '' } };
  const form = { url: pick.url(), seen_url: pick.seen(), page_url: PAGE };
  const { status, body } = await ann.post('/images/create', form, { json: true });
  expect([status, body.error.code, body.error.field]).toEqual([422, 'http_status', 'url']);
  expect(body.error.message).toContain('404');
});

test('of a pick rules know larger versions, which are tried first: a thumbnail of WordPress becomes its original', async () => {
  const routes = {
    '/wp-content/uploads/2026/05/heron-400x300.jpg': small,
    '/wp-content/uploads/2026/05/heron.jpg': large,
  };
  const image = await save(routes, { url: at('/wp-content/uploads/2026/05/heron-400x300.jpg') });
  expect([image.width, image.source_url]).toEqual([1200, at('/wp-content/uploads/2026/05/heron.jpg')]);
  const wrong = await save(
    { ...routes, '/wp-content/uploads/2026/05/heron.jpg': other },
    { url: at('/wp-content/uploads/2026/05/heron-400x300.jpg'), duplicate: 'keep' },
  );
  expect([wrong.width, wrong.source_url]).toEqual([400, at('/wp-content/uploads/2026/05/heron-400x300.jpg')]);
});

test('an address that somebody typed is asked for as it is, and nothing else is', async () => {
  origin.routes = { '*': small };
  const url = at('/wp-content/uploads/heron-400x300.jpg');
  const { status, body } = await ann.post('/images/create', { url }, { json: true });
  expect([status, body.image.source_url]).toEqual([201, url]);
  expect(asked()).toEqual(['/wp-content/uploads/heron-400x300.jpg']);
});

test('at most four addresses are asked, and no file of a try stays behind', async () => {
  origin.routes = { '*': { status: 404, body: '' } };
  const url = at('/wp-content/uploads/heron-400x300.jpg');
  const form = { url, seen_url: at('/wp-content/uploads/heron-150x150.jpg'), page_url: PAGE };
  expect((await ann.post('/images/create', form, { json: true })).status).toBe(422);
  expect(asked().length).toBeLessThanOrEqual(4);
  await site.settled();
  expect(await site.site.storage.sweepTemporary(-1000)).toBe(0);
});
