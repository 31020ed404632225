import type { Browser, Page } from 'playwright-core';
import {
  clickBookmarklet,
  closeChromium,
  eventually,
  hasShadow,
  inShadow,
  launchChromium,
} from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { memberPage } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea');
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

test('whoever joins is shown three steps, and tries the bookmarklet on a page of examples', async () => {
  await page.getByRole('heading', { name: 'Your first three steps' }).waitFor();
  await expectGood(page);
  const href = (await page.locator('[data-bookmarklet]').getAttribute('href')) ?? '';
  await page.getByRole('link', { name: 'Try it on a page of examples' }).click();
  await page.getByRole('heading', { name: 'Try the bookmarklet here' }).waitFor();
  await expectGood(page);
  await clickBookmarklet(page, href);
  await eventually('the picker', () => hasShadow(page));
  await eventually('three pictures or more', async () => {
    const links = await inShadow<string[]>(page, `root => [...root.querySelectorAll('a')].map(({ href }) => href)`);
    return ['feather', 'berries', 'caps'].every((name) => links.some((link) => link.includes(name)));
  });
});

test('each browser’s steps have a picture', async () => {
  await page.goto(`${site.base}/account/bookmarklet`);
  for (const name of ['chrome', 'firefox', 'safari', 'phone'])
    expect(await page.locator(`[data-browser="${name}"] svg[role="img"][aria-label]`).count()).toBe(1);
  await page.locator('[data-browser="phone"] summary').click();
  await expectGood(page);
});
