import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { freePort, startProcess, type SiteProcess } from '../support/process.ts';
import { settingsFor, startProvider, type TestProvider } from '../support/provider.ts';
import { memberPage, signIn, signOut } from './members.ts';

let provider: TestProvider;
let site: SiteProcess;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  provider = await startProvider([`https://localhost:${port}`]);
  site = await startProcess(settingsFor(provider), port);
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await provider?.close();
});

async function signInElsewhere(page: Page, next = '/account') {
  await page.goto(`${site.base}/account/login?next=${encodeURIComponent(next)}`);
  await page.getByRole('button', { name: 'Sign in with Elsewhere' }).click();
}

const act = (page: Page, name: string) => page.getByRole('button', { name }).click();

test.each([
  ['with scripts', true],
  ['without scripts', false],
])(
  'a stranger joins with an account elsewhere, and comes back by it to where they were going, %s',
  async (_, javaScriptEnabled) => {
    const username = javaScriptEnabled ? 'nora' : 'otis';
    const known = { sub: `${username}-7`, email: `${username}@example.org`, email_verified: true };
    provider.present = { ...known, preferred_username: username };
    const page = await openPage(browser, { javaScriptEnabled });
    await signInElsewhere(page);
    await page.waitForURL(`${site.base}/account/register/identity`);
    expect(await page.locator('#username').inputValue()).toBe(username);
    await act(page, 'Create my account');
    await page.waitForURL(`${site.base}/account`);

    await signOut(page, site);
    await signInElsewhere(page, '/images/liked');
    await page.waitForURL(`${site.base}/images/liked`);
    await page.context().close();
  },
);

test('a member links an account elsewhere, signs in by it, and unlinks it: then it opens nothing', async () => {
  const page = await memberPage(browser, site, 'pia');
  provider.present = { sub: 'pia-elsewhere', email: 'pia.at.work@example.org', email_verified: true };
  await page.goto(`${site.base}/account/identities`);
  await act(page, 'Link Elsewhere');
  await page.getByText('Linked. You can sign in with it from now on.').waitFor();
  expect(await page.locator('.record').textContent()).toContain('pia.at.work@example.org');

  await signOut(page, site);
  await signInElsewhere(page);
  await page.waitForURL(`${site.base}/account`);
  expect(await page.locator('h1').textContent()).toContain('pia');

  await page.goto(`${site.base}/account/identities`);
  await act(page, 'Unlink Elsewhere');
  await page.getByText('Unlinked.').waitFor();
  await signOut(page, site);
  await signInElsewhere(page);
  await page.waitForURL(`${site.base}/account/register/identity`);
});

test('whoever says no there stands before the other ways in, told so, and still on the way to where they were going', async () => {
  provider.present = null;
  const page = await openPage(browser);
  await memberPage(browser, site, 'rolf');
  await signInElsewhere(page, '/images/liked');
  await page.getByText('Elsewhere did not let you in').first().waitFor();
  const sentOn = await page.evaluate(`fetch('/account', { redirect: 'manual' }).then(({ type }) => type)`);
  expect(sentOn).toBe('opaqueredirect');
  await signIn(page, 'rolf');
  expect(new URL(page.url()).pathname).toBe('/images/liked');
});
