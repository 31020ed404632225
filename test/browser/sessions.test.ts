import { devices, type Browser, type Page } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { memberPage, signIn } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let laptop: Page;
let phone: Page;

beforeAll(async () => {
  site = await startProcess({});
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  laptop = await memberPage(browser, site, 'bea');
  phone = await openPage(browser, { ...devices['iPhone 13'], javaScriptEnabled: false });
  await phone.goto(`${site.base}/account/login`);
  await signIn(phone, 'bea');
});

afterAll(async () => {
  await closeChromium(browser);
  await site.end();
});

const records = (page: Page) => page.locator('.record');

test('somebody sees the phone they have lost among the places where they are signed in, and ends it from the laptop', async () => {
  await laptop.goto(`${site.base}/account/sessions`);
  expect(await records(laptop).count()).toBe(2);
  expect(await records(laptop).filter({ hasText: 'Chrome on Linux' }).innerText()).toContain('This one');
  const lost = records(laptop).filter({ hasText: 'Safari on iPhone' });
  expect(await lost.innerText()).toMatch(/From (127\.0\.0\.1|::1)/);
  await lost.getByRole('button', { name: 'End the session of Safari on iPhone' }).click();
  await laptop.getByText('Ended: Safari on iPhone is signed out.').waitFor();
  expect(await records(laptop).count()).toBe(1);
});

test('the phone is signed out with its next click, and the laptop goes on', async () => {
  await phone.locator('a[href="/images"]').first().click();
  await phone.waitForURL(`${site.base}/account/login?next=%2Fimages`);
  await laptop.goto(`${site.base}/account`);
  expect(new URL(laptop.url()).pathname).toBe('/account');
});

test('the log of the account tells of it, on a screen of 320 px without a bar to scroll sideways', async () => {
  await laptop.setViewportSize({ width: 320, height: 640 });
  for (const path of ['/account/log', '/account/sessions', '/account/tokens']) {
    await laptop.goto(`${site.base}${path}`);
    expect(await laptop.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  }
  await laptop.goto(`${site.base}/account/log`);
  expect(await records(laptop).first().innerText()).toContain('Session ended: Safari on iPhone');
});

test('a token is made on its page, shown once, and opens the site to a script', async () => {
  await laptop.goto(`${site.base}/account/tokens`);
  await laptop.getByLabel('Name').fill('My backup');
  await laptop.locator('form[action="/account/tokens"] button:not([type=button])').click();
  const token = await laptop.getByLabel('Your new token').inputValue();
  const answer = await laptop.evaluate<number>(
    `fetch('/api/v1/images', { headers: { authorization: 'Bearer ${token}' } }).then((answer) => answer.status)`,
  );
  expect(answer).toBe(200);
  await laptop.goto(`${site.base}/account/tokens`);
  expect(await laptop.content()).not.toContain(token);
  await laptop.getByRole('button', { name: 'Revoke the token “My backup”' }).click();
  await laptop.getByText('Revoked: “My backup” opens nothing any more.').waitFor();
});
