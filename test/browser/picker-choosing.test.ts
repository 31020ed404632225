import { until } from '../support/imaging.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { decodePick, decodePicks } from '../../src/lib/pick/fragment.ts';
import { bookmarkletHref, pickerVersion } from '../../src/lib/pick/link.ts';
import { builtDir } from '../../src/lib/root.ts';
import {
  clickBookmarklet,
  closeChromium,
  documentText,
  eventually,
  hasShadow,
  inShadow,
  launchChromium,
  listenersOf,
  openPage,
} from '../support/chromium.ts';
import type { Origin } from '../support/origin.ts';
import { startOrigin } from '../support/origin.ts';
import { html } from '../support/picker/fixture.ts';
import { addPictures, picture } from '../support/picker/pictures.ts';

const SITE = 'https://bowerbird.example';
let browser: Browser;
let origin: Origin;
let source: string;
let page: Page;

beforeAll(async () => {
  source = await readFile(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8');
  origin = await startOrigin({});
  await addPictures(origin, ['1600x1200', '800x600', '400x300', '300x300']);
  browser = await launchChromium();
  page = await openPage(browser, { viewport: { width: 840, height: 700 } });
});

afterAll(async () => {
  await closeChromium(browser);
  await origin.close();
});

const FIVE = `<img src="/1600x1200/a.png" alt="A" style="position:absolute;left:10px;top:10px;width:200px;height:150px">
  <img src="/800x600/a.png" alt="B" style="position:absolute;left:300px;top:10px;width:200px;height:150px">
  <img src="/800x600/b.png" alt="C" style="position:absolute;left:600px;top:10px;width:200px;height:150px">
  <img src="/400x300/a.png" alt="D" style="position:absolute;left:10px;top:3000px;width:200px;height:150px">
  <a href="/e.gif">E</a>`;

/** Opens a page with five pictures and the picker over it. */
async function open(head = ''): Promise<void> {
  origin.routes['/page'] = html(FIVE, head);
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
  await clickBookmarklet(page, bookmarkletHref(source, SITE));
  await eventually('the picker opens', () => hasShadow(page));
}

const save = (): Promise<string> => inShadow<string>(page, "root => root.querySelector('.save').href");
const saveWords = (): Promise<string> => inShadow<string>(page, "root => root.querySelector('.save').textContent");
const said = (): Promise<string> => inShadow<string>(page, "root => root.querySelector('[role=status]').textContent");
const ticked = (): Promise<string[]> =>
  inShadow<string[]>(
    page,
    "root => [...root.querySelectorAll('li')].filter((li) => !li.hidden && li.querySelector('input').checked).map((li) => li.querySelector('b').textContent)",
  );
const shown = (): Promise<string[]> =>
  inShadow<string[]>(
    page,
    "root => [...root.querySelectorAll('li')].filter((li) => !li.hidden).map((li) => li.querySelector('b').textContent)",
  );
const focused = (): Promise<string> =>
  inShadow<string>(
    page,
    "root => root.activeElement?.querySelector('b')?.textContent ?? root.activeElement?.className ?? ''",
  );

/** The middle of what a selector finds in the picker, once that is where a click there would go; else null. */
const middle = (selector: string) =>
  inShadow<{ x: number; y: number } | null>(
    page,
    `root => {
      const found = root.querySelector(${JSON.stringify(selector)});
      const { left, top, width, height } = found.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const hit = root.elementFromPoint(x, y);
      return hit && (hit === found || found.contains(hit)) ? { x, y } : null;
    }`,
  );
const twoFrames = () =>
  page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');

/** Clicks it where it has come to stand: tiles move while pictures are drawn, and all of it after a point on the page. */
async function clickOn(selector: string): Promise<void> {
  let before: { x: number; y: number } | null = null;
  const at = await until(`a place to click on ${selector}`, async () => {
    const now = await middle(selector);
    const stands = now !== null && before !== null && now.x === before.x && now.y === before.y;
    before = now;
    await twoFrames();
    return stands ? now : null;
  });
  await page.mouse.click(at.x, at.y);
}

const boxOf = (number: number): string => `li:nth-child(${number}) input`;

const choose = (name: string, value: string): Promise<unknown> =>
  inShadow(
    page,
    `root => { const select = root.querySelector('select[aria-label="${name}"]'); select.value = '${value}'; select.dispatchEvent(new Event('change')); }`,
  );

describe('choosing with the mouse', () => {
  test('ticks boxes, takes one to the form and several to the review, in the order of the tiles', async () => {
    await open();
    expect(await saveWords()).toBe('Save');
    expect(await inShadow(page, "root => root.querySelector('.save').hasAttribute('href')")).toBe(false);
    await clickOn(boxOf(2));
    expect(await saveWords()).toBe('Save 1');
    expect(await save()).toMatch(`${SITE}/images/create/#v1,`);
    expect(decodePick(new URL(await save()).hash)?.url).toBe(`${origin.url}/800x600/a.png`);
    await clickOn(boxOf(1));
    expect(await save()).toMatch(`${SITE}/save#v1,`);
    expect(decodePicks(new URL(await save()).hash).map(({ alt }) => alt)).toEqual(['A', 'B']);
    expect(await said()).toBe('5 images on this page, 2 chosen.');
    await clickOn(boxOf(1));
    expect(await ticked()).toEqual(['B']);
  });

  test('with Shift takes all in between, and All takes all or none', async () => {
    await open();
    await clickOn(boxOf(1));
    await page.keyboard.down('Shift');
    await clickOn(boxOf(3));
    await page.keyboard.up('Shift');
    expect(await ticked()).toEqual(['A', 'B', 'C']);
    await clickOn('footer input');
    expect(await ticked()).toEqual(['A', 'B', 'C', 'D', 'E']);
    await clickOn('footer input');
    expect(await ticked()).toEqual([]);
    expect(await saveWords()).toBe('Save');
  });

  test('Save opens the review in a new tab without an opener', async () => {
    await open();
    await clickOn(boxOf(1));
    await clickOn(boxOf(2));
    const opened = page.context().waitForEvent('request', (request) => request.url().startsWith(SITE));
    await clickOn('.save');
    const request = await opened;
    expect(request.url().split('#')[0]).toBe(`${SITE}/save`);
    expect(request.headers()['referer']).toBeUndefined();
    expect(await hasShadow(page)).toBe(true);
  });
});

test('choosing with the keyboard: arrows, Space, Shift, Home, End and Ctrl+A', async () => {
  await open();
  expect(await focused()).toBe('A');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('B');
  await page.keyboard.press(' ');
  expect(await ticked()).toEqual(['B']);
  await page.keyboard.press('Shift+ArrowRight');
  expect(await ticked()).toEqual(['B', 'C']);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toBe('E');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  expect(await focused()).toBe('E');
  await page.keyboard.press('Control+a');
  expect(await ticked()).toEqual(['A', 'B', 'C', 'D', 'E']);
  await page.keyboard.press('Escape');
  await eventually('the picker closes', async () => !(await hasShadow(page)));
});

test('a filter hides what is smaller or of another type, and what is hidden is not saved', async () => {
  await open();
  await page.keyboard.press('Control+a');
  await choose('Smallest size', '800');
  expect(await shown()).toEqual(['A', 'B', 'C']);
  expect(await saveWords()).toBe('Save 3');
  expect(await said()).toBe('3 of 5 images, 3 chosen.');
  await choose('Type', 'gif');
  expect(await said()).toContain('No image is like that');
  expect(await saveWords()).toBe('Save');
  await choose('Smallest size', '0');
  expect(await shown()).toEqual(['E']);
  await choose('Type', '');
  expect(await saveWords()).toBe('Save 5');
});

describe('pointing at an image on the page', () => {
  test('outlines what is under the pointer, and a click ticks it', async () => {
    await open();
    await clickOn('footer button');
    await page.mouse.move(400, 80);
    const outline =
      "root => { const { x, y, width, height } = root.querySelector('.outline').getBoundingClientRect(); return [x, y, width, height]; }";
    expect(await inShadow(page, outline)).toEqual([300, 10, 200, 150]);
    expect(await inShadow(page, "root => root.querySelector('output').textContent")).toBe('B, 800 × 600');
    await page.mouse.move(700, 500);
    expect(await inShadow(page, "root => root.querySelector('.outline').hidden")).toBe(true);
    await page.mouse.click(700, 80);
    expect(await ticked()).toEqual(['C']);
    expect(await focused()).toBe('C');
    expect(await inShadow(page, "root => root.querySelector('.layer')")).toBe(null);
  });

  test('goes on with Shift, and follows the page when it is scrolled', async () => {
    await open();
    await clickOn('footer button');
    await page.keyboard.down('Shift');
    await page.mouse.click(100, 80);
    await page.mouse.click(400, 80);
    await page.keyboard.up('Shift');
    await page.mouse.wheel(0, 2900);
    await eventually('the page scrolls', async () => (await page.evaluate<number>('scrollY')) > 2400);
    await page.mouse.click(100, 3080 - (await page.evaluate<number>('scrollY')));
    expect(await ticked()).toEqual(['A', 'B', 'D']);
    await page.keyboard.press('Escape');
    await eventually('the page is back', async () => (await page.evaluate<number>('scrollY')) === 0);
  });

  test('works with the arrows and Enter; Escape first goes back to the tiles, then away, without a trace', async () => {
    origin.routes['/page'] = html(FIVE);
    await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
    const before = [await documentText(page), await listenersOf(page)];
    await clickBookmarklet(page, bookmarkletHref(source, SITE));
    await eventually('the picker opens', () => hasShadow(page));
    await clickOn('footer button');
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowRight');
    expect(await inShadow(page, "root => root.querySelector('output').textContent")).toBe('D, 400 × 300');
    await page.keyboard.press('Enter');
    expect(await ticked()).toEqual(['D']);
    await clickOn('footer button');
    await page.keyboard.press('Escape');
    expect(await shown()).toHaveLength(5);
    await page.keyboard.press('Escape');
    await eventually('the picker closes', async () => !(await hasShadow(page)));
    expect([await documentText(page), await listenersOf(page)]).toEqual(before);
    expect(await page.evaluate('scrollY')).toBe(0);
  });
});

test('the picker says which version it is, and what the page asks for', async () => {
  await open(
    '<meta name="pinterest" content="nopin"><meta name="robots" content="noai, noimageai"><meta property="og:site_name" content="Birds"><meta name="description" content="Seen in May.">',
  );
  expect(await inShadow(page, "root => root.querySelector('footer small').textContent")).toContain(
    pickerVersion(source),
  );
  const wishes = await inShadow<string>(page, "root => root.querySelector('.wish').textContent");
  expect(wishes).toContain('not to pass its images on');
  expect(wishes).toContain('train no machines');
  const { hash } = new URL(await inShadow<string>(page, "root => root.querySelector('li a').href"));
  expect(decodePick(hash)).toMatchObject({
    nopin: true,
    noai: true,
    noindex: false,
    page_site: 'Birds',
    page_description: 'Seen in May.',
  });
});

test('a page that changes while the picker is open harms nothing', async () => {
  await open();
  await page.evaluate("document.body.replaceChildren('Gone')");
  await clickOn('footer button');
  await page.mouse.click(400, 80);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await clickOn(boxOf(1));
  expect(await saveWords()).toBe('Save 1');
  await page.keyboard.press('Escape');
  await eventually('the picker closes', async () => !(await hasShadow(page)));
  expect(await page.evaluate('document.body.textContent')).toBe('Gone');
});

test('of more than two hundred the first ones can go at once, and it says so', async () => {
  const links = Array.from({ length: 250 }, (_, at) => `<a href="/${at}.jpg">${at}</a>`).join(' ');
  origin.routes['/page'] = html(links);
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
  await clickBookmarklet(page, bookmarkletHref(source, SITE));
  await eventually('the picker opens', () => hasShadow(page));
  await page.keyboard.press('Control+a');
  expect(await said()).toBe('250 images on this page, 250 chosen: only the first 200 can go at once.');
  expect(decodePicks(new URL(await save()).hash)).toHaveLength(200);
});

test('images of data that are too large together go as far as an address reaches', async () => {
  const bytes = (await picture(300, 300)).toString('base64');
  const images = ['a', 'b', 'c'].map((name) => `<img src="data:image/png;x=${name.repeat(900_000)};base64,${bytes}">`);
  origin.routes['/page'] = html(images.join(''));
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
  await clickBookmarklet(page, bookmarkletHref(source, SITE));
  await eventually('the picker opens', () => hasShadow(page));
  await page.keyboard.press('Control+a');
  expect(await said()).toBe('3 images on this page, 3 chosen: only the first 2 can go at once.');
  expect((await save()).length).toBeLessThan(2 * 1024 * 1024);
});
