import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium } from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { memberPage, sender, signIn } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await startProcess({});
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  await memberPage(browser, site, 'boss');
  page = await memberPage(browser, site, 'bea');
});

afterAll(async () => {
  await closeChromium(browser);
  await site.end();
});

test('somebody asks for their data, waits on the page, and takes the zip along', async () => {
  await page.goto(`${site.base}/account/data`);
  await expectGood(page);
  await sender(page, '/account/data').click();
  // By itself, as soon as it is there.
  await page.getByRole('heading', { name: 'Your zip is ready' }).waitFor();
  await expectGood(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  expect(download.suggestedFilename()).toBe('bowerbird-bea.zip');
});

test('they delete their account, change their mind, and all is as it was', async () => {
  await page.goto(`${site.base}/account/delete`);
  await expectGood(page);
  await page.getByLabel('To go on, type your username: bea').fill('bea');
  await sender(page, '/account/delete').click();
  await page.getByText('Your account is gone from sight').waitFor();
  await page.goto(`${site.base}/account`);
  await signIn(page, 'bea');
  expect(new URL(page.url()).pathname).toBe('/account/return');
  await expectGood(page);
  await sender(page, '/account/return').click();
  await page.getByText('Good to have you back').waitFor();
  expect(new URL(page.url()).pathname).toBe('/account');
});
