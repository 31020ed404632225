import type { Browser } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';

describe('the reference for scripts', () => {
  let site: SiteProcess;
  let browser: Browser;
  beforeAll(async () => {
    site = await startProcess();
    const { keyHash } = await site.authority();
    browser = await launchChromium({ trustedKeys: [keyHash] });
  });
  afterAll(async () => {
    await closeChromium(browser);
    await site?.end();
  });

  test('is found in the foot of every page, by visitors and without scripts, and leads to its parts', async () => {
    const page = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(site.base);
    await page.getByRole('link', { name: 'For scripts' }).click();
    await page.getByRole('heading', { level: 1, name: 'For scripts' }).waitFor();
    await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Boards' }).click();
    expect(new URL(page.url()).hash).toBe('#boards');
    expect(await page.locator('#listImages .api-answers').innerText()).toBe('200 images next page pages new words');
    const save = page.locator('#saveImage');
    expect(await save.innerText()).toMatch(/POST \/images\/create\s+Scope: write/);
    expect(await save.locator('pre').innerText()).toBe(
      `curl -H "Authorization: Bearer $TOKEN" -F 'title=A find' -F 'tags=blue, glass' -F image=@find.jpg ${site.base}/api/v1/images/create`,
    );
    expect(await page.getByRole('link', { name: 'OpenAPI document' }).getAttribute('href')).toBe(
      '/api/v1/openapi.json',
    );
  });

  test('can be read by everybody, in the light, in the dark and on a phone', async () => {
    const page = await openPage(browser);
    await page.goto(`${site.base}/api`);
    await expectGood(page);
  });
});
