import { writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, withProtocol } from '../support/chromium.ts';
import { childrenOf, until } from '../support/imaging.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { asFile, json, memberPage } from './members.ts';

let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;

const jpeg = (seed: number, more: object = {}) => picture({ width: 640, height: 480, seed, ...more });

/** The same picture as a larger file: what follows its end is no part of it. */
const padded = (jpeg: Buffer, bytes: number) => Buffer.concat([jpeg, Buffer.alloc(bytes)]);

beforeAll(async () => {
  origin = await startOrigin({ '/leaf.jpg': await jpeg(4) });
  site = await startProcess({ FETCH_ALLOW: origin.allow, MAX_UPLOAD_MB: '2' });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await origin?.close();
});

interface Saved {
  images: { id: number; title: string; width: number }[];
}
const saved = async () => (await json<Saved>(page, '/people/bea')).images;
const titled = async (title: string) => (await saved()).filter((image) => image.title === title);

async function openForm(title: string): Promise<void> {
  await page.goto(`${site.base}/images/create`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Caption').fill('Found in the hedge');
}

const save = () => page.locator('[data-send]').click();
const hasSaved = (slug: string) => page.waitForURL(new RegExp(`/images/\\d+/${slug}$`));
const chosenFile = () => page.evaluate<string | undefined>('document.querySelector("#image").files[0]?.name');

/** What a person had typed before something went wrong is all still there. */
async function expectKept(title: string): Promise<void> {
  expect(new URL(page.url()).pathname).toBe('/images/create');
  expect(await page.getByLabel('Title').inputValue()).toBe(title);
  expect(await page.getByLabel('Caption').inputValue()).toBe('Found in the hedge');
}

const fault = async (field: string) => (await page.locator(`#${field}-error`).textContent()) ?? '';
const drawn = (selector: string) => page.evaluate<boolean>(`document.querySelector('${selector}').naturalWidth > 0`);

test('a chosen file is shown before it is saved, and its page says by itself when all sizes are there', async () => {
  await openForm('Chosen');
  // An animation: its other sizes take longer than the way to its page.
  const moving = await picture({ format: 'webp', frames: 16, width: 1000, height: 700 });
  await page.locator('#image').setInputFiles({ name: 'moving.webp', mimeType: 'image/webp', buffer: moving });
  await page.locator('[data-preview-words]', { hasText: 'moving.webp · 1000 × 700' }).waitFor();
  await save();
  await hasSaved('chosen');
  expect(await page.locator('[data-image]').getAttribute('data-state')).toBe('pending');
  await page.getByText('The other sizes of this image are being made.').waitFor();
  await page.locator('[data-image][data-state=ready]').waitFor({ timeout: 30_000 });
  expect(await page.getByText('The other sizes of this image are being made.').count()).toBe(0);
  await page.getByRole('link', { name: 'Medium' }).waitFor();
});

test('a file dropped anywhere on the page is taken', async () => {
  await openForm('Dropped');
  const file = joinPath(site.folder, 'dropped.jpg');
  await writeFile(file, await jpeg(2));
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    withProtocol(page, (session) => session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data }));
  await drag('dragEnter');
  await drag('dragOver');
  await page.locator('.drop-over').waitFor();
  await drag('drop');
  await eventually('the file in the form', async () => (await chosenFile()) === 'dropped.jpg');
  expect(await page.locator('.drop-over').count()).toBe(0);
  await save();
  await hasSaved('dropped');
});

test('a copied picture is pasted with the keyboard, and an address that was there is put aside, not lost', async () => {
  await openForm('Pasted');
  await page.locator('#url').fill('https://images.example/another.jpg');
  const bytes = (await jpeg(3, { format: 'png' })).toString('base64');
  await page.evaluate(`navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob(
    [Uint8Array.from(atob('${bytes}'), (one) => one.charCodeAt(0))], { type: 'image/png' }) })])`);
  await page.locator('h1').click();
  await page.keyboard.press('Control+V');
  await eventually('the picture in the form', async () => (await chosenFile()) === 'image.png');
  expect(await page.locator('#url').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Remove' }).click();
  expect(await page.locator('#url').inputValue()).toBe('https://images.example/another.jpg');
  await page.keyboard.press('Control+V');
  await eventually('the picture in the form again', async () => (await chosenFile()) === 'image.png');
  await save();
  await hasSaved('pasted');
});

test('an address is typed, and the site fetches what is there', async () => {
  await openForm('Typed');
  await page.locator('#url').fill(`${origin.url}/leaf.jpg`);
  await page.keyboard.press('Enter');
  await hasSaved('typed');
  expect(origin.hits.map(({ path }) => path)).toEqual(['/leaf.jpg']);
});

const line = (bytesASecond: number, offline = false) =>
  withProtocol(page, async (session) => {
    await session.send('Network.enable');
    const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: bytesASecond };
    await session.send('Network.emulateNetworkConditions', { offline, ...speed });
  });

test('on a slow line the bar moves, Cancel stops it, nothing is saved and everything is still there', async () => {
  await openForm('Slow');
  await page.locator('#image').setInputFiles(asFile(padded(await jpeg(5), 1_200_000)));
  await line(400_000);
  await save();
  const seen = new Set<number>();
  await eventually('the bar to move', async () => {
    const value = await page.locator('[data-progress] progress').getAttribute('value');
    seen.add(Number(value));
    return seen.size >= 4;
  });
  expect([...seen]).toEqual([...seen].sort((a, b) => a - b));
  expect(Math.max(...seen)).toBeLessThan(100);
  await page.locator('[data-cancel]').click();
  await page.getByText('Cancelled. Nothing was saved').waitFor();
  expect(await page.locator('[data-progress]').isHidden()).toBe(true);
  await expectKept('Slow');
  expect(await chosenFile()).toBe('find.jpg');
  expect(await titled('Slow')).toEqual([]);
  await line(-1);
  await save();
  await hasSaved('slow');
});

test('while others are before them a person sees their place in the line; Cancel leaves it, and the end is their picture', async () => {
  const other = await memberPage(browser, site, 'crowd');
  const child = await until('the imaging child', async () => (await childrenOf(site.child.pid))[0]);
  const upload = async (seed: number) => {
    await other.goto(`${site.base}/images/create`);
    await other.locator('#image').setInputFiles(asFile(await jpeg(seed)));
    await other.locator('[data-send]').click();
    await other.locator('[data-progress-words]', { hasText: 'Looking' }).waitFor();
  };
  process.kill(child, 'SIGSTOP');
  try {
    await upload(20);
    await openForm('In line');
    await page.locator('#image').setInputFiles(asFile(await jpeg(21)));
    await save();
    await page.locator('[data-progress-words]', { hasText: 'it is next in line' }).waitFor();
    await page.locator('[data-cancel]').click();
    await page.getByText('Cancelled. Nothing was saved').waitFor();
    await expectKept('In line');
    await save();
    await page.locator('[data-progress-words]', { hasText: 'it is next in line' }).waitFor();
  } finally {
    process.kill(child, 'SIGCONT');
  }
  await hasSaved('in-line');
  expect(await titled('In line')).toHaveLength(1);
  await other.waitForURL(/\/images\/\d+\//);
  await other.context().close();
});

test('when the network goes the page says so, keeps everything, and saves once it is back', async () => {
  await openForm('Offline');
  await page.locator('#image').setInputFiles(asFile(await jpeg(6)));
  await line(-1, true);
  await save();
  await page.getByText('The connection was lost before the answer came.').waitFor();
  await expectKept('Offline');
  await line(-1);
  await save();
  await hasSaved('offline');
  expect(await titled('Offline')).toHaveLength(1);
});

test('what is no image is refused at the file, a picture that is not there at its address', async () => {
  await openForm('Refused');
  await page.locator('#image').setInputFiles(asFile(Buffer.from('%PDF-1.7 a paper that says it is a picture')));
  await save();
  await eventually('the fault at the file', async () => /PDF/.test(await fault('image')));
  await expectKept('Refused');
  expect(await page.evaluate('document.activeElement.id')).toBe('image');

  await page.getByRole('button', { name: 'Remove' }).click();
  expect(await fault('image')).toBe('');
  await page.locator('#url').fill(`${origin.url}/gone.jpg`);
  await save();
  await eventually('the fault at the address', async () => /404/.test(await fault('url')));
  expect(await page.locator('[data-preview]').isHidden()).toBe(true);
  await expectKept('Refused');
  expect(await page.evaluate('document.activeElement.id')).toBe('url');
  expect(await page.locator('#url').getAttribute('aria-invalid')).toBe('true');
  await page.locator('#url').fill('');
  await save();
  await eventually('the fault of nothing', async () => /Choose an image/.test(await fault('image')));
  expect(await titled('Refused')).toEqual([]);
});

test('a file past the limit is refused before it is sent, and by the server too', async () => {
  const large = asFile(padded(await jpeg(7), 2_200_000));
  await openForm('Large');
  await page.locator('#image').setInputFiles(large);
  expect(await fault('image')).toContain('larger than the 2 MB');
  expect(await chosenFile()).toBeUndefined();
  // A limit that was lowered since the page was opened is one that the page does not know.
  await page.evaluate('document.querySelector("#create").dataset.maxMb = 100');
  await page.locator('#image').setInputFiles(large);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await save();
  expect((await answer).status()).toBe(413);
  await eventually('the fault at the file', async () => /too large/.test(await fault('image')));
  await expectKept('Large');
});

test('the same picture again: Enter asks, Keep both keeps both, and nothing can be put in place of the same bytes', async () => {
  await openForm('Twice');
  const file = asFile(await jpeg(8));
  await page.locator('#image').setInputFiles(file);
  await save();
  await hasSaved('twice');
  await openForm('Twice');
  await page.locator('#image').setInputFiles(file);
  await page.getByLabel('Title').press('Enter');
  await page.getByRole('heading', { name: 'You have this one already' }).waitFor();
  await eventually('its picture', () => drawn('.twin-picture'));
  await expectKept('Twice');
  expect(await page.getByRole('button', { name: 'Put this one in its place' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Leave it as it is' }).getAttribute('href')).toMatch(/\/twice$/);
  expect(await titled('Twice')).toHaveLength(1);
  await page.getByRole('button', { name: 'Keep both' }).click();
  await hasSaved('twice');
  expect(await titled('Twice')).toHaveLength(2);
});

test('of several that look alike one is chosen and gets the better picture; its address stays', async () => {
  for (const [title, quality] of [
    ['First try', 60],
    ['Second try', 70],
  ] as const) {
    await openForm(title);
    await page.locator('#image').setInputFiles(asFile(await jpeg(9, { quality })));
    await save();
    if (title === 'Second try') await page.getByRole('button', { name: 'Keep both' }).click();
    await hasSaved(title.toLowerCase().replace(' ', '-'));
  }
  await openForm('Better');
  await page.locator('#image').setInputFiles(asFile(await jpeg(9, { width: 1280, height: 960 })));
  await save();
  await page.getByRole('heading', { name: 'You may have this one already' }).waitFor();
  await page.getByRole('radio', { name: 'Second try' }).check();
  await page.getByRole('button', { name: 'Put this one in its place' }).click();
  await page.waitForURL(/\/images\/\d+\//);
  const second = (await saved()).find(({ id }) => page.url().includes(`/images/${id}/`));
  expect(second?.width).toBe(1280);
  expect((await titled('First try'))[0]?.width).toBe(640);
  expect((await saved()).filter(({ width }) => width === 1280)).toHaveLength(1);
});

test('another picture ends the question, and is a save of its own', async () => {
  await openForm('Twice');
  await page.locator('#image').setInputFiles(asFile(await jpeg(8)));
  await save();
  await page.locator('#alike').waitFor();
  const key = await page.locator('[name=once]').inputValue();
  await page.locator('#image').setInputFiles(asFile(await jpeg(10)));
  expect(await page.locator('#alike').isHidden()).toBe(true);
  expect(await page.locator('[name=once]').inputValue()).not.toBe(key);
  await page.getByLabel('Title').fill('Another');
  await save();
  await hasSaved('another');
});

test('Save pressed twice saves once', async () => {
  await openForm('Double');
  await page.locator('#image').setInputFiles(asFile(await jpeg(11)));
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await page.locator('[data-send]').dblclick();
  await hasSaved('double');
  expect(sent).toHaveLength(1);
  expect(await titled('Double')).toHaveLength(1);
});

test('of what the browser cannot show it is said whether the site will look by itself', async () => {
  await openForm('Unseen');
  const words = page.locator('[data-preview-words]');
  await page.locator('#image').setInputFiles(asFile(Buffer.from('<!doctype html>'), 'page.jpg'));
  await words.getByText('The site looks at it when you save.').waitFor();
  await openForm('Unseen');
  await page.locator('#url').fill(`${origin.url}/nowhere.jpg`);
  await words.getByText('the site asks for it again, by itself.').waitFor();
});
