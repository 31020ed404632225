import { createHash, X509Certificate } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { makeAuthority, makeLeaf } from '../../src/net/tls/make.ts';
import { closeChromium, eventually, launchChromium } from '../support/chromium.ts';
import { startOrigin, type Origin, type Route } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { asFile, memberPage } from './members.ts';

let site: SiteProcess;
/** Where the site may go; where it may not, as into a private network; and one over https, whose authority it does not know. */
let open: Origin;
let closed: Origin;
let secure: Origin;
let browser: Browser;
let page: Page;

let seed = 9100;
const another = (more: object = {}) => picture({ width: 640, height: 480, seed: ++seed, ...more });

const keyHash = (pem: string) =>
  createHash('sha256')
    .update(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');

const withHeaders =
  (bytes: Buffer, headers: Record<string, string>): Route =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'image/jpeg', ...headers }).end(bytes);

const brokenOff: Route = (_, response) => {
  response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '90000' });
  response.write('half', () => response.destroy());
};

beforeAll(async () => {
  const pixel = await picture({ format: 'gif', width: 1, height: 1, seed: 1 });
  open = await startOrigin({
    '/401.jpg': { status: 401 },
    '/403.jpg': { status: 403 },
    '/429.jpg': { status: 429 },
    '/sign-in.jpg': '<!doctype html><title>Sign in</title>',
    '/placeholder.jpg': pixel,
    '/slow.jpg': () => {},
    '/broken-off.jpg': brokenOff,
  });
  closed = await startOrigin({ '/private.jpg': await another() });
  const authority = await makeAuthority(['127.0.0.1'], new Date());
  const leaf = await makeLeaf(authority, ['127.0.0.1'], new Date());
  const everybody = { 'access-control-allow-origin': '*' };
  secure = await startOrigin(
    { '/cors.jpg': withHeaders(await another(), everybody), '/no-cors.jpg': withHeaders(await another(), {}) },
    { tls: leaf },
  );
  site = await startProcess({ FETCH_ALLOW: `${open.allow}, ${secure.allow}`, FETCH_TIMEOUT: '1' });
  const own = await site.authority();
  browser = await launchChromium({ trustedKeys: [own.keyHash, keyHash(leaf.cert)] });
  page = await memberPage(browser, site, 'bea');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await Promise.all([open, closed, secure].map((origin) => origin?.close()));
});

/** Screenshots for whoever wants to look: SCREENSHOTS names a folder. */
async function look(name: string) {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 768, 1440]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function ask(url: string, title: string): Promise<void> {
  await page.goto(`${site.base}/images/create`);
  await page.getByLabel('Title').fill(title);
  await page.locator('#url').fill(url);
  await page.locator('[data-send]').click();
}

/** The ladder stands there, its first step has failed, and what was typed is kept. */
async function stuck(url: string, title: string, says: RegExp): Promise<void> {
  await page.getByText('Your browser may show it, but not pass it on.').waitFor();
  expect(await page.locator('#url-error').textContent()).toMatch(says);
  expect(await page.locator('#url').inputValue()).toBe(url);
  expect(await page.getByLabel('Title').inputValue()).toBe(title);
}

async function copy(bytes: Buffer): Promise<void> {
  await page.evaluate(`navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob(
    [Uint8Array.from(atob('${bytes.toString('base64')}'), (one) => one.charCodeAt(0))], { type: 'image/png' }) })])`);
}

/** Saves what is in the form now; answers what the image's page says of where it is from. */
async function saved(): Promise<string> {
  await page.locator('[data-send]').click();
  await page.waitForURL(/\/images\/\d+\//);
  return (await page.locator('aside').first().textContent()) ?? '';
}

const COPIED = 'Copied from the page, not the original file';

/** Each refusal, what is said of it, and whether the browser can read the picture by itself. */
const ROWS: readonly [name: string, url: () => string, says: RegExp, read: boolean][] = [
  ['asks for a sign-in (401)', () => `${open.url}/401.jpg`, /signed in there/, false],
  ['forbids it (403)', () => `${open.url}/403.jpg`, /does not give it to us/, false],
  ['is asked too often (429)', () => `${open.url}/429.jpg`, /turning visitors away/, false],
  ['answers with a page to sign in', () => `${open.url}/sign-in.jpg`, /page/i, false],
  ['answers with a placeholder', () => `${open.url}/placeholder.jpg`, /1 × 1/, false],
  ['does not answer in time', () => `${open.url}/slow.jpg`, /reached|slowly/, false],
  ['breaks off', () => `${open.url}/broken-off.jpg`, /broke off/, false],
  ['stands in a private network', () => `${closed.url}/private.jpg`, /could not be reached/, false],
  ['cannot be reached, and lets no page read it', () => `${secure.url}/no-cors.jpg`, /could not be reached/, false],
  ['cannot be reached, and lets every page read it', () => `${secure.url}/cors.jpg`, /could not be reached/, true],
];

describe.each(ROWS)('a site that %s', (name, url, says, read) => {
  if (read)
    test('is read by the browser, and the picture is saved without another click', async () => {
      await ask(url(), name);
      await page.waitForURL(/\/images\/\d+\//);
      const facts = await page.locator('aside').first().textContent();
      expect(facts).toContain('Its address');
      expect(facts).not.toContain(COPIED);
    });
  else
    test('is passed by with what was copied and pasted, or saved there and chosen', async () => {
      await ask(url(), name);
      await stuck(url(), name, says);
      await copy(await another({ format: 'png' }));
      await page.locator('h1').click();
      await page.keyboard.press('Control+V');
      await page.locator('#rescue').waitFor({ state: 'hidden' });
      expect(await saved()).toContain(COPIED);

      await ask(url(), name);
      await stuck(url(), name, says);
      await page.locator('#image').setInputFiles(asFile(await another()));
      const facts = await saved();
      expect(facts).toContain('Its address');
      expect(facts).not.toContain(COPIED);
    });
});

test('a button pastes where there are no keys, and says so when there is no picture to paste', async () => {
  await ask(`${open.url}/403.jpg?button`, 'Button');
  await stuck(`${open.url}/403.jpg?button`, 'Button', /403/);
  await page.evaluate('navigator.clipboard.writeText("only words")');
  await page.getByRole('button', { name: 'Paste it' }).click();
  await page.getByText('gave no picture from its clipboard').waitFor();
  await copy(await another({ format: 'png' }));
  await page.getByRole('button', { name: 'Paste it' }).click();
  await eventually('the picture', async () => (await page.locator('#url').inputValue()) === '');
  expect(await saved()).toContain(COPIED);
});

test('the ladder goes with its address, and can be used by everybody', async () => {
  await ask(`${open.url}/403.jpg?looks`, 'Looks');
  await stuck(`${open.url}/403.jpg?looks`, 'Looks', /403/);
  await look('rescue');
  await expectGood(page);
  await page.locator('#url').fill('https://images.example/other.jpg');
  expect(await page.locator('#rescue').isHidden()).toBe(true);
});

test('an address that they have an image from says so below it, and leads there', async () => {
  await page.goto(`${site.base}/images/create`);
  await page.locator('#url').fill(`${open.url}/403.jpg`);
  const link = page.locator('[data-had] a').first();
  await link.waitFor();
  expect(await page.locator('[data-had]').textContent()).toContain('from this address already');
  expect(await link.textContent()).toBe('forbids it (403)');
  await look('had');
  await page.locator('#url').fill(`${open.url}/403.jp`);
  expect(await page.locator('[data-had]').isHidden()).toBe(true);
});
