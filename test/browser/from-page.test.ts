import type { Browser, Page } from 'playwright-core';
import {
  clickBookmarklet,
  closeChromium,
  eventually,
  inShadow,
  launchChromium,
  openPage,
} from '../support/chromium.ts';
import { decodePick } from '../../src/lib/pick/fragment.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { json, memberPage, signIn, signOut } from './members.ts';

/** The whole way, from a strict page of somebody else's to images that are saved. */
let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;
let bookmarklet: string;

const STRICT = "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

beforeAll(async () => {
  const bytes = (seed: number) => picture({ width: 640, height: 480 - seed, seed: 700 + seed });
  const [one, two, three] = [await bytes(1), await bytes(2), await bytes(3)];
  const ours = await picture({ width: 900, height: 600, seed: 710 });
  origin = await startOrigin({
    '/page': {
      headers: { 'content-type': 'text/html', 'content-security-policy': STRICT },
      body: `<!doctype html><title>Herons</title><meta name="author" content="Ann Example">
        <img src="/one.png" alt="One heron" width="320"><img src="/two.png" alt="Two herons" width="320">
        <img src="/three.png" alt="Three herons" width="320">`,
    },
    '/album': {
      headers: { 'content-type': 'text/html', 'content-security-policy': STRICT, 'set-cookie': 'in=1' },
      body: '<!doctype html><title>Our album</title><img src="/ours.jpg" alt="Ours" width="320">',
    },
    // Only for whoever is signed in there.
    '/ours.jpg': ({ headers }, response) =>
      void (headers.cookie?.includes('in=1')
        ? response.writeHead(200, { 'content-type': 'image/jpeg' }).end(ours)
        : response.writeHead(401).end()),
    '/one.png': one,
    '/two.png': two,
    '/three.png': three,
  });
  site = await startProcess({ FETCH_ALLOW: origin.allow });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea');
  await page.goto(`${site.base}/account/bookmarklet`);
  bookmarklet = (await page.locator('a[href^="javascript:"]').first().getAttribute('href')) ?? '';
  await signOut(page, site);
});
afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await origin?.close();
});

test('several are ticked on a strict page, looked through after signing in, and saved with where they are from', async () => {
  const there = await openPage(browser);
  await there.goto(`${origin.url}/page`);
  await clickBookmarklet(there, bookmarklet);
  await there.keyboard.press('Control+a');
  const link = () => inShadow<string | null>(there, "root => root.querySelector('.save').getAttribute('href')");
  await eventually('the link of three', async () => ((await link()) ?? '').includes('url3='));
  const href = (await link()) ?? '';
  expect(href.startsWith(`${site.base}/save#v1,`)).toBe(true);
  await page.goto(href);
  await page.locator('[data-carried]:not([hidden])').waitFor();
  await signIn(page, 'bea');
  await page.locator('#tags').fill('herons');
  await page.locator('[data-send]').click();
  await page.locator('[data-said]', { hasText: 'All are saved.' }).waitFor({ timeout: 30_000 });
  const { images } = await json<{ images: Record<string, string>[] }>(page, '/people/bea');
  expect(images.map(({ alt }) => alt).sort()).toEqual(['One heron', 'Three herons', 'Two herons']);
  expect(new Set(images.map(({ page_url }) => page_url))).toEqual(new Set([`${origin.url}/page`]));
  await there.context().close();
});

test('one that is picked again opens its form and says that it is there already', async () => {
  const there = await openPage(browser);
  await there.goto(`${origin.url}/page`);
  await clickBookmarklet(there, bookmarklet);
  const href = await inShadow<string>(there, "root => root.querySelector('li a').href");
  expect(href.startsWith(`${site.base}/images/create/#v1,`)).toBe(true);
  await page.goto(href);
  await page.locator('#url').waitFor();
  await page
    .getByText(/already/i)
    .first()
    .waitFor();
  await page.locator('[data-send]').click();
  await page.locator('#alike:not([hidden])').waitFor();
  await there.context().close();
});

test('an address of a page leads to its pictures, of which those that are ticked are saved', async () => {
  await page.goto(`${site.base}/images/create`);
  await page.locator('#url').fill(`${origin.url}/page`);
  await page.locator('[data-send]').click();
  await page.getByRole('button', { name: 'Show the pictures of this page' }).click();
  await page.getByRole('heading', { name: 'Herons' }).waitFor();
  await page.getByLabel('Two herons').check();
  await page.getByRole('button', { name: 'Look through what is ticked' }).click();
  await page.waitForURL(`${site.base}/save`);
  expect(await page.locator('[data-rows] > [data-row]').count()).toBe(1);
  expect(await page.locator('#url1').inputValue()).toBe(`${origin.url}/two.png`);
});

test('a picture of a page that one is signed in to comes along as a copy: the site is refused the address, and saves that', async () => {
  const there = await openPage(browser);
  await there.goto(`${origin.url}/album`);
  const before = await there.content();
  await clickBookmarklet(there, bookmarklet);
  const href = await inShadow<string>(
    there,
    "root => { const link = root.querySelector('li a'); link.addEventListener('click', (event) => event.preventDefault()); link.click(); return link.href; }",
  );
  expect(decodePick(new URL(href).hash)).toMatchObject({
    url: `${origin.url}/ours.jpg`,
    copy: expect.stringMatching(/^data:image\/webp;base64,/),
  });
  const asked = origin.hits.length;
  await page.goto(href);
  await page.locator('[data-send]').click();
  await page.waitForURL(/\/images\/\d+\//);
  const facts = (await page.locator('aside').first().textContent()) ?? '';
  expect(facts).toContain('Copied from the page, not the original file');
  expect(facts).toContain('900 × 600');
  const { image } = await json<{ image: Record<string, string> }>(page, new URL(page.url()).pathname);
  expect([image['source_url'], image['page_url']]).toEqual([`${origin.url}/ours.jpg`, `${origin.url}/album`]);
  // The picker itself asked nobody; the form's browser and the site did, and were refused.
  expect(origin.hits.slice(asked).map(({ headers }) => headers.cookie ?? '')).not.toContain('in=1');
  await there.keyboard.press('Escape');
  await eventually('the page as it was', async () => (await there.content()) === before);
  await there.context().close();
});
