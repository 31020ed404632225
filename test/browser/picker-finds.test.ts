import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bookmarkletHref } from '../../src/lib/pick/link.ts';
import { builtDir } from '../../src/lib/root.ts';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import type { Origin } from '../support/origin.ts';
import { startOrigin } from '../support/origin.ts';
import { FIXTURES, offersOn, settled, visitFixture } from '../support/picker/offers.ts';
import { addPictures } from '../support/picker/pictures.ts';

let browser: Browser;
let origin: Origin;
let other: Origin;
let bookmarklet: string;
let page: Page;

beforeAll(async () => {
  bookmarklet = bookmarkletHref(
    await readFile(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8'),
    'https://b.example',
  );
  [origin, other] = [await startOrigin({}), await startOrigin({})];
  const sizes = ['1600x1200', '800x600', '400x300', '300x300', '123x400', '64x64', '1x1'];
  await addPictures(origin, sizes);
  await addPictures(other, sizes);
  browser = await launchChromium();
  page = await openPage(browser);
});

afterAll(async () => {
  await closeChromium(browser);
  await origin.close();
  await other.close();
});

test('there are more than sixty pages to look at', () => {
  expect(FIXTURES.length).toBeGreaterThan(60);
  expect(new Set(FIXTURES.map(({ name }) => name)).size).toBe(FIXTURES.length);
});

test.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('on a page with %s', async (_name, fixture) => {
  await visitFixture(page, origin, other, fixture);
  await settled(page);
  const asked = origin.hits.length;
  expect(await offersOn(page, bookmarklet, origin, other)).toEqual(fixture.offers);
  expect(origin.hits.slice(asked).map(({ path }) => path)).toEqual([]);
});
