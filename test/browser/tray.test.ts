import type { Browser, Page, Route } from 'playwright-core';
import { closeChromium, eventually, launchChromium } from '../support/chromium.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage } from './members.ts';

let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  origin = await startOrigin({ '/leaf.jpg': await picture({ seed: 51, width: 500, height: 400 }) });
  site = await startProcess({ FETCH_ALLOW: origin.allow });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea', { viewport: { width: 1000, height: 700 } });
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await origin?.close();
});

const row = (name: string) => page.locator('.tray-row', { hasText: name });
const saved = async () => (await json<{ images: { url: string }[] }>(page, '/images')).images.length;

/** Drops or pastes files and a text, as a browser tells of it. */
async function bring(how: 'drop' | 'paste', files: Readonly<Record<string, Buffer>>, text = ''): Promise<void> {
  const named = Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')]);
  await page.evaluate(`(() => {
    const data = new DataTransfer();
    for (const [name, text] of ${JSON.stringify(named)}) {
      const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: name.endsWith('.txt') ? 'text/plain' : 'image/jpeg' }));
    }
    if (${JSON.stringify(text)}) data.setData('text/uri-list', ${JSON.stringify(text)});
    const more = { bubbles: true, cancelable: true };
    document.body.dispatchEvent('${how}' === 'drop'
      ? new DragEvent('drop', { ...more, dataTransfer: data })
      : new ClipboardEvent('paste', { ...more, clipboardData: data }));
  })()`);
}

test('files that are dropped on any page are saved there, and each says what came of it', async () => {
  await page.goto(`${site.base}/boards`);
  await bring('drop', {
    'sea.jpg': await picture({ seed: 61, width: 500, height: 400 }),
    'words.txt': Buffer.from('no picture'),
    'broken.jpg': Buffer.from('no picture either'),
  });
  await row('sea.jpg').getByText('Saved', { exact: true }).waitFor();
  await row('words.txt').getByText('That is not an image that Bowerbird takes').waitFor();
  await row('broken.jpg').getByRole('button', { name: 'Try again' }).waitFor();
  await page.getByText('3 of 3 done').waitFor();
  await expectGood(page);
  await row('sea.jpg').getByRole('link', { name: 'Look at it' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  // It was told where it was done.
  expect(await page.locator('.flashes .notice').count()).toBe(0);
  await page.getByRole('button', { name: 'Clear what is done' }).click();
  await page.reload();
  await page.locator('.tray').waitFor({ state: 'hidden' });
  expect(await page.locator('.tray-row').count()).toBe(0);
});

test('an address that is pasted is fetched; one they have already may be kept twice', async () => {
  await page.goto(`${site.base}/people`);
  await bring('paste', {}, `${origin.url}/leaf.jpg`);
  await row('/leaf.jpg').getByText('Saved', { exact: true }).waitFor();
  await bring('paste', {}, `${origin.url}/leaf.jpg`);
  const again = page.locator('.tray-row').nth(1);
  await again.getByRole('button', { name: 'Keep both' }).click();
  await again.getByText('Saved', { exact: true }).waitFor();
  await bring('paste', {}, `${origin.url}/none.jpg`);
  await row('/none.jpg').getByText('404').waitFor();
  await page.getByRole('button', { name: 'Clear what is done' }).click();
});

test('what is on its way when one moves to another page goes on there, and is one image', async () => {
  await page.goto(`${site.base}/images`);
  const before = await saved();
  let lost = 0;
  const lose = async (route: Route) => {
    lost += 1;
    await route.abort();
  };
  await page.route('**/images/create', lose);
  await bring('drop', { 'hill.jpg': await picture({ seed: 71, width: 500, height: 400 }) });
  await row('hill.jpg').getByText('No answer. It is tried again by itself.').waitFor();
  await page.unroute('**/images/create', lose);
  await page.goto(`${site.base}/tags`);
  await row('hill.jpg').getByText('Saved', { exact: true }).waitFor();
  expect(lost).toBeGreaterThan(0);
  expect(await saved()).toBe(before + 1);
});

test('from the menu files are chosen, and at the sign-out nothing of it stays in the browser', async () => {
  await page.goto(`${site.base}/images`);
  await page.getByRole('button', { name: 'Clear what is done' }).click();
  await page.locator('[data-menu] summary').click();
  await page.getByRole('button', { name: 'Save from here' }).click();
  // The way to the files has the focus, and shows it.
  const outline = `getComputedStyle(document.querySelector('.tray-add > label')).outlineStyle`;
  expect(await page.evaluate(`document.activeElement.id`)).toBe('tray-files');
  await page.keyboard.press('Shift');
  expect(await page.evaluate(outline)).not.toBe('none');
  await page
    .locator('#tray-files')
    .setInputFiles({ name: 'moon.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') });
  await row('moon.jpg').getByRole('button', { name: 'Try again' }).waitFor();
  await page.locator('[data-menu] summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${site.base}/`);
  const isEmpty = `(async () => (await indexedDB.databases()).length === 0)()`;
  await eventually('nothing to be kept', () => page.evaluate<boolean>(isEmpty));
});
