import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { plugInDevice, type Device } from './device.ts';
import { join, sender, signOut as leave } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

let device: Device;

const setPresence = (enabled: boolean) => device.setPresence(enabled);

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await openPage(browser);
  device = await plugInDevice(page);
});

afterAll(async () => {
  await closeChromium(browser);
  await site.end();
});

const signOut = () => leave(page, site);

/**
 * Opens the page with a device that says yes at once: it looks at that only when it is asked, so that it has to be told
 * before. The page may be left for the next one while it loads, which is no error here.
 */
async function openSayingYes(path: string): Promise<void> {
  await setPresence(true);
  await page.goto(`${site.base}${path}`, { waitUntil: 'commit' });
}

/** Opens the page with a device that lets the question wait, and goes on once it was asked. */
async function openLettingWait(path: string): Promise<void> {
  await setPresence(false);
  await page.goto(`${site.base}${path}`);
  await device.asked();
}

test('a new member adds a passkey, signs out, and comes back with it alone', async () => {
  await page.goto(`${site.base}/account/register`);
  await join(page, 'bea');
  await page.goto(`${site.base}/account/passkeys`);
  await page.getByLabel('Name').fill('My laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey “My laptop” is added.').waitFor();
  expect(await page.locator('.record-name').textContent()).toContain('My laptop');
  await signOut();

  await openLettingWait('/account/login?next=%2Fimages');
  await setPresence(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(`${site.base}/images`);
});

test('the same device is not added twice, and the page says so', async () => {
  await page.goto(`${site.base}/account/passkeys`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('This device has a passkey for your account already.').waitFor();
});

test('where names are suggested, the passkey is among them: nothing is clicked or typed', async () => {
  await signOut();
  await openSayingYes('/account/login');
  await page.waitForURL(`${site.base}/account`);
  expect(await page.locator('h1').textContent()).toContain('bea');
});

test('a passkey also shows again who is there', async () => {
  await page.goto(`${site.base}/account/again?next=%2Faccount%2Fpasskeys`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(`${site.base}/account/passkeys`);
});

test('it is renamed, and once removed it opens nothing: the page says so and the password still works', async () => {
  await page.getByText('Rename', { exact: true }).click();
  await page.getByLabel('Name').first().fill('The old laptop');
  await page.getByRole('button', { name: 'Save the name' }).click();
  await page.getByText('is called “The old laptop” now.').waitFor();
  await page.getByRole('button', { name: 'Remove the passkey “The old laptop”' }).click();
  await page.getByText('opens nothing any more').waitFor();
  await signOut();
  await openSayingYes('/account/login');
  await page.getByText('This passkey does not open anything here.').first().waitFor();
  await setPresence(false);
  await page.getByLabel('Username or email').fill('bea');
  await page.locator('#password').fill('a heap of blue things');
  await sender(page, '/account/login').click();
  await page.waitForURL(`${site.base}/account`);
});

test('a person who says no stays on the page and is told that nothing was done', async () => {
  await signOut();
  await openLettingWait('/account/login');
  await device.forgetAll();
  await setPresence(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Nothing was done: the passkey was not given.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/account/login');
});

test('without a script sign-in shows no button that does nothing', async () => {
  const bare = await openPage(browser, { javaScriptEnabled: false });
  await bare.goto(`${site.base}/account/login`);
  expect(await bare.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0);
  await bare.close();
});
