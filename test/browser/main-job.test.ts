import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  clickBookmarklet,
  closeChromium,
  eventually,
  hasShadow,
  inShadow,
  launchChromium,
  openPage,
} from '../support/chromium.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';

// Nothing may load, connect or run, and every sink wants a trusted type: the strictest page there is. Its own pictures
// are let through, since a page without any would have nothing to pick.
const STRICTEST = "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;

/** Screenshots for whoever wants to look: SCREENSHOTS names a folder. */
async function look(name: string) {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

beforeAll(async () => {
  origin = await startOrigin({
    '/bricks.jpg': await picture({ width: 1600, height: 1200, seed: 5 }),
    '/small.jpg': await picture({ width: 300, height: 200, seed: 6 }),
    '/page': {
      headers: { 'content-type': 'text/html', 'content-security-policy': STRICTEST },
      body: `<!doctype html><title>A wall of bricks</title><h1>Bricks</h1>
        <img src="/small.jpg" alt="a few bricks"><img src="/bricks.jpg" alt="bricks in the evening sun">`,
    },
  });
  site = await startProcess({ FETCH_ALLOW: origin.allow });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await openPage(browser);
});

afterAll(async () => {
  await closeChromium(browser);
  await site.end();
  await origin.close();
});

/** Opens the page of bricks, clicks the bookmark, and opens the first tile's link as a click on it does. */
async function pickTheLargest(bookmarklet: string): Promise<void> {
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
  await clickBookmarklet(page, bookmarklet);
  await eventually('the picker', () => hasShadow(page));
  await look('picker');
  const href = await inShadow<string>(page, 'root => root.querySelector("a").href');
  // A tile is a link with target=_blank and noopener: a new tab of the same browser.
  const tab = await page.context().newPage();
  await tab.goto(href);
  page = tab;
}

test('the terminal says where the site is, where its authority lies and how to trust it, and where to join', () => {
  expect(site.printed()).toContain(site.base);
  expect(site.printed()).toContain(join(site.folder, 'certs', 'ca.pem'));
  expect(site.printed()).toContain('npm run trust');
  expect(site.printed()).toContain(`${site.base}/account/register`);
});

test('the page about the bookmarklet says whether the one that is clicked there is the newest', async () => {
  await page.goto(`${site.base}/account/bookmarklet`);
  const newest = (await page.locator('a[href^="javascript:"]').first().getAttribute('href')) ?? '';
  const said = page.locator('[data-doctor-said]');
  expect(await said.textContent()).toContain('Click your bookmark');
  await clickBookmarklet(page, newest);
  await eventually('the newest', async () => (await said.textContent())?.includes('it is the newest') === true);
  expect(await hasShadow(page)).toBe(false);

  const version = (await page.locator('[data-doctor]').getAttribute('data-doctor')) ?? '';
  await page.reload();
  await clickBookmarklet(page, newest.replace(version, '0000000'));
  await eventually('an older one', async () => (await said.textContent())?.includes('an old one') === true);

  // Those from before pickers said their version only ask whether one is open.
  await page.reload();
  const oldest = `javascript:void(window.dispatchEvent(new%20Event('bowerbird-close',{cancelable:true})))`;
  await clickBookmarklet(page, oldest);
  await eventually('the oldest', async () => (await said.textContent())?.includes('an old one') === true);
});

test('a stranger becomes a member, picks from the strictest page, and has the picture in every place it belongs', async () => {
  await page.goto(site.base);
  await look('home');
  await page.getByRole('link', { name: 'Join', exact: true }).first().click();
  await page.getByLabel('Username').fill('bea');
  await page.getByLabel('Email').fill('bea@example.org');
  await page.getByLabel('Password', { exact: true }).fill('a heap of blue things');
  await page.getByLabel('Password again').fill('a heap of blue things');
  await look('register');
  await page.locator('form[action="/account/register"] button:not([type=button])').click();
  await page.waitForURL(`${site.base}/account`);
  await look('dashboard');

  await page.goto(`${site.base}/account/bookmarklet`);
  await look('bookmarklet');
  const bookmarklet = (await page.locator('a[href^="javascript:"]').first().getAttribute('href')) ?? '';

  await pickTheLargest(bookmarklet);
  await page.getByLabel('Title').waitFor();
  await eventually('the form to be filled in', async () => (await page.getByLabel('Title').inputValue()) !== '');
  expect(await page.getByLabel('Title').inputValue()).toBe('A wall of bricks');
  expect(await page.locator('#url').inputValue()).toBe(`${origin.url}/bricks.jpg`);
  expect(await page.getByLabel('Description').or(page.locator('#alt')).first().inputValue()).toBe(
    'bricks in the evening sun',
  );
  expect(new URL(page.url()).hash).toBe('');
  await look('create');
  await page.locator('[data-send]').click();
  await page.waitForURL(/\/images\/\d+\/a-wall-of-bricks$/);
  const address = page.url();
  await page.locator('h1', { hasText: 'A wall of bricks' }).waitFor();
  await eventually('High to be drawn', () => isDrawn('.stage img.picture'));
  await eventually(
    'the other tiers',
    async () => (await page.locator('[data-image]').getAttribute('data-state')) === 'ready' || (await reloaded()),
  );
  await look('image');

  await page.goto(`${site.base}/images`);
  await eventually('the tile in the feed', () => isDrawn('.tile img.picture'));
  await look('feed');
  await page.locator('.tile a').first().click();
  await page.waitForURL(address);
  await page.goto(`${site.base}/people/bea`);
  await eventually('the tile on the profile', () => isDrawn('.tile img.picture'));
  await look('profile');

  // Members see it, visitors are sent to sign in and back.
  const stranger = await openPage(browser);
  await stranger.goto(address);
  expect(new URL(stranger.url()).pathname).toBe('/account/login');
});

/** Whether a picture is there and drawn. */
const isDrawn = (selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((node) => {
      const img = node as unknown as { complete: boolean; naturalWidth: number };
      return img.complete && img.naturalWidth > 0;
    });

async function reloaded(): Promise<boolean> {
  await page.reload();
  return (await page.locator('[data-image]').getAttribute('data-state')) === 'ready';
}

test('a pick survives signing in', async () => {
  const bookmarklet = (await bookmarkletOf()) ?? '';
  page = await openPage(browser);
  await pickTheLargest(bookmarklet);
  expect(new URL(page.url()).pathname).toBe('/account/login');
  await look('login-with-pick');
  await page.getByLabel('Username or email').fill('bea');
  await page.getByLabel('Password', { exact: true }).fill('a heap of blue things');
  await page.locator('form[action="/account/login"] button:not([type=button])').click();
  await page.waitForURL(/\/images\/create/);
  await eventually(
    'the pick in the form',
    async () => (await page.locator('#url').inputValue()) === `${origin.url}/bricks.jpg`,
  );
  expect(await page.getByLabel('Title').inputValue()).toBe('A wall of bricks');
});

async function bookmarkletOf() {
  await page.goto(`${site.base}/account/bookmarklet`);
  return page.locator('a[href^="javascript:"]').first().getAttribute('href');
}
