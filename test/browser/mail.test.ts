import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { linkIn, openPostOffice, type PostOffice } from '../support/post.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { plugInDevice } from './device.ts';
import { signOut } from './members.ts';

let office: PostOffice;
let site: SiteProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  office = await openPostOffice();
  site = await startProcess({ SMTP_URL: office.url });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await openPage(browser);
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await office?.close();
});

/** The link of the newest mail with this subject. */
async function linkOf(subject: string): Promise<string> {
  const found = () => office.received.findLast(({ mail }) => mail.subject === subject)?.mail;
  await eventually(`a mail “${subject}”`, async () => found() !== undefined, 10_000);
  return `${site.base}${linkIn(found())}`;
}

const send = (action: string) => page.locator(`form[action="${action}"] button:not([type=button])`).click();
const heading = () => page.locator('h1').textContent();

async function choose(password: string) {
  await page.locator('#password').fill(password);
  await page.locator('#password2').fill(password);
}

test('somebody joins, confirms by the mail, and signs in by a passkey; then forgets the password and is back through a mail', async () => {
  await page.goto(`${site.base}/account/register`);
  await page.locator('#username').fill('bea');
  await page.locator('#email').fill('bea@example.org');
  await page.locator('#password').fill('qwertyuiop12');
  expect(await page.locator('#password-strength').textContent()).toContain('easy to guess');
  await choose('a heap of blue things');
  expect(await page.locator('#password-strength').textContent()).toBe('Very good.');
  await send('/account/register');
  await page.waitForURL(`${site.base}/account/confirm`);
  expect(await heading()).toBe('Look into your mail');

  // The link is opened twice, as programs that read mail do; a page that hides its address must still be able to post.
  const confirmation = await linkOf('Confirm your address, bea');
  await page.request.get(confirmation).catch(() => null);
  await page.goto(confirmation);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL(`${site.base}/account`);
  expect(await heading()).toContain('bea');

  const device = await plugInDevice(page);
  await page.goto(`${site.base}/account/passkeys`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.locator('.record-name').waitFor();
  await device.setPresence(false);
  await signOut(page, site);
  await page.goto(`${site.base}/account/login`);
  await device.asked();
  await device.setPresence(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${site.base}/account`);
  expect(await heading()).toContain('bea');

  await device.setPresence(false);
  await signOut(page, site);
  await page.goto(`${site.base}/account/login`);
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await page.locator('#email').fill('bea@example.org');
  await send('/account/password/reset');
  await page.waitForURL(`${site.base}/account/password/reset/done`);

  await page.goto(await linkOf('A new password for bea'));
  await page.locator('[data-password] button').first().click();
  expect(await page.locator('#password').getAttribute('type')).toBe('text');
  await choose('nine quiet herons');
  await page.getByRole('button', { name: 'Set this password' }).click();
  await page.waitForURL(`${site.base}/account/password/reset/complete`);
  await page.locator('main').getByRole('link', { name: 'Sign in' }).click();

  for (const password of ['a heap of blue things', 'nine quiet herons']) {
    await page.locator('#login').fill('bea');
    await page.locator('#password').fill(password);
    await send('/account/login');
  }
  await page.waitForURL(`${site.base}/account`);
  expect(office.received.map(({ to }) => to)).toEqual(office.received.map(() => ['bea@example.org']));
});

test('without a mail server the terminal says where the mail lies', async () => {
  const plain = await startProcess();
  try {
    expect(plain.printed()).toMatch(new RegExp(`Mail is written to: +${plain.folder}/data/mail`));
  } finally {
    await plain.end();
  }
});
