import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { memberPage, saveFrom } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;
let paths: string[];

beforeAll(async () => {
  site = await startProcess({ NODE_ENV: 'development' });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  const bea = await memberPage(browser, site, 'bea');
  for (const seed of [1, 2, 3])
    await saveFrom(bea, await picture({ width: 600, height: 400, seed, quality: 40 }), { title: `Number ${seed}` });
  await bea.context().close();
  page = await memberPage(browser, site, 'cleo', { viewport: { width: 1000, height: 700 } });
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const press = (key: string) => page.keyboard.press(key);
const focused = () => page.evaluate<string>('document.activeElement.getAttribute("href")');
const toast = (words: string) => page.locator('.toast', { hasText: words }).waitFor();
const isAt = (path: string | undefined) => page.waitForURL(`${site.base}${path}`);

/** What is saved meanwhile stands first. */
async function openFeed(): Promise<void> {
  await page.goto(`${site.base}/images`);
  paths = await page.evaluate<string[]>(
    `[...document.querySelectorAll('.tile-link')].map((tile) => tile.getAttribute('href'))`,
  );
}

test('j and k go from image to image, l likes, s saves, and the page stays', async () => {
  await openFeed();
  await press('j');
  expect(await focused()).toBe(paths[0]);
  await press('j');
  expect(await focused()).toBe(paths[1]);
  await press('k');
  expect(await focused()).toBe(paths[0]);
  await press('l');
  await toast('Liked');
  await press('s');
  await toast('It is in your images');
  await press('s');
  await toast('already');
  await isAt('/images');
  const [liked] = paths;
  await page.goto(`${site.base}/images/liked`);
  await page.locator(`.tile-link[href="${liked}"]`).waitFor();
  // What was told where it was done is not told again.
  expect(await page.locator('.flashes .notice').count()).toBe(0);
});

test('b opens the boards of the image at hand, and what is typed there is text', async () => {
  await openFeed();
  await press('j');
  await press('b');
  await page.locator('.lightbox #filing-menu[open]').waitFor();
  await page.keyboard.type('jkls/b');
  expect(await page.locator('#filing-title').inputValue()).toBe('jkls/b');
  await press('Enter');
  await page.locator('.lightbox .chip', { hasText: 'jkls/b' }).waitFor();
  await press('Escape');
  await isAt('/images');
});

test('large and on its own page the same keys do the same', async () => {
  await openFeed();
  await press('j');
  await press('Enter');
  await page.locator('.lightbox[open]').waitFor();
  await press('j');
  await isAt(paths[1]);
  await press('j');
  await isAt(paths[2]);
  await press('l');
  await page.locator('.lightbox').getByText('1 like').waitFor();
  await page.goto(`${site.base}${paths[2]}`);
  await press('l');
  await page.getByText('Nobody has liked this yet').waitFor();
});

test('/ leads to the search, and with Ctrl nothing does anything', async () => {
  await openFeed();
  await press('Control+/');
  await press('/');
  await isAt('/search');
  await page.locator('#q').fill('');
  await page.keyboard.type('/?j');
  expect(await page.locator('#q').inputValue()).toBe('/?j');
});

test('? lists the keys over the page, where they can be turned off and on again', async () => {
  await openFeed();
  await press('?');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: 'Keys' }).waitFor();
  await press('j');
  await expectGood(page);
  await dialog.getByLabel('Single letters do this here').uncheck();
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await press('?');
  await press('j');
  expect(await focused()).not.toBe(paths[0]);
  await page.reload();
  await press('j');
  expect(await focused()).not.toBe(paths[0]);
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByLabel('Single letters do this here').check();
  await openFeed();
  await press('j');
  expect(await focused()).toBe(paths[0]);
});

test('whoever works on the site sees all that pages are made of, good in every light and width', async () => {
  await page.goto(`${site.base}/styleguide`);
  await page.getByRole('button', { name: 'Open a dialog' }).click();
  await page.getByRole('dialog', { name: 'A dialog' }).waitFor();
  await press('Escape');
  await expectGood(page);
});
