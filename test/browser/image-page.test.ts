import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, saveFrom } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

interface Listed {
  images: { id: number; url: string; title: string; state: string }[];
}

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea', { viewport: { width: 1000, height: 700 } });
  await save('Meadow', await picture({ seed: 3, width: 1600, height: 1000 }));
  await save('Meadow, smaller', await picture({ seed: 3, width: 800, height: 500, quality: 50 }));
  await save('Red wall', await picture({ drawing: 'flat', colour: { r: 200, g: 20, b: 20 }, width: 800, height: 600 }));
});
afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const save = (title: string, bytes: Buffer) => saveFrom(page, bytes, { title });

const addressOf = async (title: string) =>
  (await json<Listed>(page, '/images')).images.find((image) => image.title === title)?.url ?? '';
const widthOf = async (which: Page) => (await which.locator('.stage-frame').boundingBox())?.width ?? 0;

async function openMeadow(): Promise<void> {
  const address = await addressOf('Meadow');
  await eventually('all sizes', async () => {
    const { image } = await json<{ image: { state: string } }>(page, address);
    return image.state === 'ready';
  });
  await page.goto(site.base + address);
}

test('a click makes the picture larger where it was clicked, the mouse moves it, and a click or Escape makes it small', async () => {
  await openMeadow();
  const small = await widthOf(page);
  const { height = 0 } = (await page.locator('.stage-frame').boundingBox()) ?? {};
  await page.locator('.stage-frame').click({ position: { x: 0.9 * small, y: 0.9 * height } });
  expect(await widthOf(page)).toBeGreaterThanOrEqual(2 * small - 1);
  expect(await page.locator('.stage-frame').getAttribute('aria-pressed')).toBe('true');
  const offset = () =>
    page.evaluate<number[]>(
      `(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop])(document.querySelector('.stage'))`,
    );
  const [left = 0, top = 0] = await offset();
  expect(left).toBeGreaterThan(small / 2);
  expect(top).toBeGreaterThan(100);

  const middle = await page.locator('.stage').boundingBox();
  const [x, y] = [(middle?.x ?? 0) + 300, (middle?.y ?? 0) + 300];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 40, { steps: 4 });
  await page.mouse.up();
  expect((await offset())[0]).toBeLessThan(left);
  expect(await widthOf(page)).toBeGreaterThan(small);

  await page.mouse.click(x, y);
  expect(await widthOf(page)).toBe(small);
  await page.keyboard.press('Enter');
  expect(await widthOf(page)).toBeGreaterThan(small);
  await page.keyboard.press('Escape');
  expect(await widthOf(page)).toBe(small);
});

test('the largest size is shown once it is there', async () => {
  await openMeadow();
  const frame = page.locator('.stage-frame');
  const largest = await page.evaluate<string>(`document.querySelector('.stage-frame').href`);
  await frame.press(' ');
  await page.locator(`.stage-frame .picture[src="${largest}"]:not([srcset])`).waitFor();
});

test('without scripts the picture leads to its largest size as a file', async () => {
  const address = await addressOf('Meadow');
  const storageState = await page.context().storageState();
  const plain = await openPage(browser, { javaScriptEnabled: false, storageState });
  await plain.goto(site.base + address);
  await plain.locator('.stage-frame').click();
  await plain.waitForURL(/\/media\//);
  await plain.goto(site.base + address);
  await plain.getByRole('link', { name: 'Looks like this' }).click();
  await plain.waitForURL(/\/similar$/);
  expect(await plain.locator('.tile-title').allTextContents()).toEqual(['Meadow, smaller']);
  await plain.context().close();
});

test('what looks like it stands below when one comes there, and its page is good in every light and width', async () => {
  await openMeadow();
  await page.locator('.similar').scrollIntoViewIfNeeded();
  await page.locator('.similar .tile-title').first().waitFor();
  expect(await page.locator('.similar .tile-title').allTextContents()).toEqual(['Meadow, smaller']);
  // Seen from its top: what lies below the header that stays cannot be pressed.
  await page.evaluate('scrollTo(0, 0)');
  await expectGood(page);
  await page.goto(`${site.base}${(await addressOf('Meadow')).replace(/[^/]*$/, 'similar')}`);
  await page.getByRole('heading', { name: 'Images that look like “Meadow”' }).waitFor();
  await expectGood(page);
  await page.goto(`${site.base}${(await addressOf('Red wall')).replace(/[^/]*$/, 'similar')}`);
  await page.getByText('Nothing looks like it').waitFor();
  await page.getByRole('link', { name: 'All that are mostly red' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.tile-title', { hasText: 'Red wall' }).waitFor();
});
