import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { memberPage, saveFrom, signOut } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea');
  await saveFrom(page, await picture({ seed: 5, width: 500, height: 400 }), { title: 'A meadow' });
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const hasFeed = () => page.evaluate<boolean>(`caches.open('seen').then((seen) => seen.match('/images')).then(Boolean)`);

async function seeFeed(): Promise<void> {
  await page.goto(`${site.base}/images`);
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  await eventually('the worker to stand before the page', () =>
    page.evaluate<boolean>('navigator.serviceWorker.controller !== null'),
  );
  await page.reload();
  await eventually('the feed to be kept', hasFeed);
}

test('where the site does not answer the last feed is there to read, and elsewhere a page says so', async () => {
  await seeFeed();
  await site.kill();
  await page.goto(`${site.base}/images`);
  await page.getByText('This is the feed as you saw it last').waitFor();
  await page.locator('.tile-title', { hasText: 'A meadow' }).waitFor();
  await page.goto(`${site.base}/people`);
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  // It is a visitor's page: nothing on it is anybody's.
  expect(await page.locator('body').getAttribute('data-member')).toBeNull();
  await page.getByRole('link', { name: 'The feed, as you saw it last' }).click();
  await page.locator('.tile-title', { hasText: 'A meadow' }).waitFor();
  site = await site.again();
  await page.goto(`${site.base}/images`);
  expect(await page.getByText('This is the feed as you saw it last').count()).toBe(0);
});

test('at the sign-out the feed is gone from the browser, and whoever comes next finds none', async () => {
  await seeFeed();
  await signOut(page, site);
  await eventually('the feed to be gone', async () => !(await hasFeed()));
  await site.kill();
  await page.goto(`${site.base}/images`);
  await page.getByRole('heading', { name: 'No connection' }).waitFor();
  site = await site.again();
});

test('nobody’s page is kept but the plain feed', async () => {
  const cleo = await memberPage(browser, site, 'cleo');
  await cleo.goto(`${site.base}/images`);
  await cleo.evaluate('navigator.serviceWorker.ready.then(() => true)');
  for (const path of ['/account', '/images?page=1', '/images/private', '/people/cleo'])
    await cleo.goto(site.base + path);
  const kept = await cleo.evaluate<string[]>(`(async () => {
    const all = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname + new URL(url).search);
    return all.filter((path) => !path.startsWith('/static/'));
  })()`);
  expect(kept.filter((path) => path !== '/images')).toEqual(['/offline']);
  await cleo.context().close();
});
