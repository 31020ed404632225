import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { join, sender } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;
let secret = '';
let recovery: string[] = [];

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await openPage(browser);
});

afterAll(async () => {
  await closeChromium(browser);
  await site.end();
});

const codeOf = (steps: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Somebody with no cookies who knows the password, and stands before the second step. */
async function before(): Promise<Page> {
  const visitor = await openPage(browser);
  await visitor.goto(`${site.base}/account/login?next=%2Fimages`);
  await visitor.getByLabel('Username or email').fill('cleo');
  await visitor.locator('#password').fill('a heap of blue things');
  await sender(visitor, '/account/login').click();
  await visitor.getByLabel('Code').waitFor();
  return visitor;
}

test('a member shows the code to the app, types what it answers, and keeps ten recovery codes', async () => {
  await page.goto(`${site.base}/account/register`);
  await join(page, 'cleo');
  await page.goto(`${site.base}/account/two-factor`);
  await page.getByRole('button', { name: 'Set it up' }).click();
  const picture = page.getByRole('img', { name: 'QR code for your authenticator app' });
  const box = await picture.boundingBox();
  expect(box?.width).toBeGreaterThan(150);
  expect(box?.width).toBeCloseTo(box?.height ?? 0, 0);
  expect(await page.evaluate("getComputedStyle(document.querySelector('.qr')).fill")).toBe('rgb(0, 0, 0)');
  secret = ((await page.locator('[data-key]').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('2. Type the code').fill(codeOf(-1));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.locator('h1', { hasText: 'Your recovery codes' }).waitFor();
  recovery = await page.locator('.codes code').allTextContents();
  expect(recovery).toHaveLength(10);
  await page.getByRole('link', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left.').waitFor();
});

test('after that the password leads to the code, and the code to where they were going', async () => {
  const visitor = await before();
  await visitor.getByLabel('Code').fill('000000');
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  await visitor.locator('#code-error', { hasText: 'does not fit' }).waitFor();
  await visitor.getByLabel('Code').fill(codeOf(0));
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  await visitor.waitForURL(`${site.base}/images`);
  await visitor.context().close();
});

test('without the telephone a recovery code signs in, once', async () => {
  const [code = ''] = recovery;
  const visitor = await before();
  await visitor.getByLabel('Code').fill(code);
  await visitor.getByRole('button', { name: 'Sign in' }).click();
  await visitor.waitForURL(`${site.base}/images`);
  await visitor.getByText('You signed in with a recovery code. 9 are left').waitFor();
  const again = await before();
  await again.getByLabel('Code').fill(code);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.locator('#code-error', { hasText: 'was used before' }).waitFor();
});

test('everything has room on a small phone', async () => {
  await page.setViewportSize({ width: 320, height: 600 });
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.locator('[data-key]').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
});
