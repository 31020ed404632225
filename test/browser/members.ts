import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage } from '../support/chromium.ts';
import type { SiteProcess } from '../support/process.ts';

const PASSWORD = 'a heap of blue things';

/** The button that sends a form: not the ones that show a password. */
export const sender = (page: Page, action: string) =>
  page.locator(`form[action="${action}"] button:not([type=button])`);

/** Fills in the form at hand and joins; it takes scripts no more than the form does. */
export async function join(page: Page, name: string): Promise<void> {
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Email').fill(`${name}@example.org`);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password2').fill(PASSWORD);
  // A password takes its time to be kept, and more of it where the machine is busy.
  await sender(page, '/account/register').click({ timeout: 30_000 });
  await page.waitForURL((url) => url.pathname !== '/account/register');
}

export async function signIn(page: Page, name: string): Promise<void> {
  await page.getByLabel('Username or email').fill(name);
  await page.locator('#password').fill(PASSWORD);
  await sender(page, '/account/login').click({ timeout: 30_000 });
  await page.waitForURL((url) => url.pathname !== '/account/login');
}

export async function signOut(page: Page, { base }: { base: string }): Promise<void> {
  await page.goto(`${base}/account`);
  await page.locator('[data-menu] summary').click();
  await sender(page, '/account/logout').click();
  await page.waitForURL(`${base}/`);
}

/** A page of a new member, who is signed in. */
export async function memberPage(
  browser: Browser,
  site: SiteProcess,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openPage(browser, options);
  await page.goto(`${site.base}/account/register`);
  await join(page, name);
  return page;
}

/** What the page's own member is answered at an address, as a script of this page gets it. */
export const json = <Answer>(page: Page, path: string): Promise<Answer> =>
  page.evaluate<Answer>(
    `fetch('${path}', { headers: { accept: 'application/json' } }).then((answer) => answer.json())`,
  );

/** A file for a field that takes one. */
export const asFile = (buffer: Buffer, name = 'find.jpg') => ({ name, mimeType: 'image/jpeg', buffer });

/** Saves a picture from within the page, as its own scripts could, also where it looks like another. */
export async function saveFrom(page: Page, bytes: Buffer, fields: Readonly<Record<string, string>>): Promise<void> {
  const status = await page.evaluate<number>(`(() => {
    const form = new FormData();
    const fields = ${JSON.stringify({ duplicate: 'keep', ...fields })};
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('image', new Blob([Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0))]), 'find.jpg');
    const token = document.querySelector('meta[name=csrf-token]').content;
    const headers = { accept: 'application/json', 'x-csrf-token': token };
    return fetch('/images/create', { method: 'POST', body: form, headers }).then((answer) => answer.status);
  })()`);
  if (status !== 201) throw new Error(`saving answered ${status}`);
}

/** Posts a form from within the page, as its own scripts could; answers its status. */
export const postFrom = (page: Page, path: string, fields: Readonly<Record<string, string>>): Promise<number> =>
  page.evaluate<number>(`fetch('${path}', { method: 'POST', body: new URLSearchParams(${JSON.stringify(fields)}),
    headers: { accept: 'application/json', 'x-csrf-token': document.querySelector('meta[name=csrf-token]').content }
  }).then((answer) => answer.status)`);
