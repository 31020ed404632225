import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, saveFrom } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let page: Page;

const HELD = 6;

interface Listed {
  images: { id: number; title: string; visibility: string }[];
}

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea', { viewport: { width: 1200, height: 900 } });
  for (let seed = 1; seed <= HELD; seed++)
    await saveFrom(page, await picture({ seed, width: 300, height: 200, quality: 40 }), { title: `Number ${seed}` });
});
afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const visibilities = async (): Promise<string[]> => {
  const { images } = await json<Listed>(page, '/people/bea');
  return images.toSorted((a, b) => a.id - b.id).map(({ visibility }) => visibility);
};
const box = (which: Page, n: number) => which.getByLabel(`Choose “Number ${n}”`);
const isTicked = (which: Page) =>
  Promise.all(Array.from({ length: HELD }, (_, n) => box(which, n + 1).isChecked())).then((all) =>
    all.flatMap((ticked, n) => (ticked ? [n + 1] : [])),
  );

test('from one’s profile: a click, a range with Shift, the keyboard, and all of a page choose images', async () => {
  await page.goto(`${site.base}/people/bea`);
  await page.getByRole('link', { name: 'Select' }).click();
  await page.waitForURL(`${site.base}/images/many`);
  // Newest first: 6 5 4 3 2 1.
  await box(page, 5).click();
  await box(page, 3).click({ modifiers: ['Shift'] });
  expect(await isTicked(page)).toEqual([3, 4, 5]);
  await page.getByText('3 chosen').waitFor();
  await box(page, 3).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press(' ');
  expect(await isTicked(page)).toEqual([2, 3, 4, 5]);
  await page.keyboard.press('Shift+ArrowRight');
  expect(await isTicked(page)).toEqual([1, 2, 3, 4, 5]);
  await page.getByLabel('All on this page').click();
  expect(await isTicked(page)).toEqual([1, 2, 3, 4, 5, 6]);
  await page.getByLabel('All on this page').click();
  expect(await isTicked(page)).toEqual([]);
  await expectGood(page);
});

test('those chosen become private at once, and one press puts all of it back', async () => {
  await page.goto(`${site.base}/images/many`);
  await box(page, 1).click();
  await box(page, 4).click();
  await page.locator('summary', { hasText: 'Who may see them' }).click();
  await page.getByRole('button', { name: 'Only me' }).click();
  await page.getByText('Only you see 2 images now.').waitFor();
  expect(await visibilities()).toEqual(['private', 'members', 'members', 'private', 'members', 'members']);
  await expectGood(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('2 images are as they were before.').waitFor();
  expect(await visibilities()).toEqual(Array.from({ length: HELD }, () => 'members'));
});

test('one box chooses all of a list, also what stands on its other pages', async () => {
  const two = await memberPage(browser, site, 'cleo');
  for (let seed = 1; seed <= 3; seed++)
    await saveFrom(two, await picture({ seed: 50 + seed, width: 300, height: 200, quality: 40 }), { title: `${seed}` });
  await two.goto(`${site.base}/images/many`);
  await two.getByLabel('All of this list').click();
  await two.locator('summary', { hasText: 'Tags' }).click();
  await two.locator('#tags').fill('owl, night');
  await two.getByRole('button', { name: 'Add these tags' }).click();
  await two.getByText('3 images have more tags now.').waitFor();
  await eventually('the tag', async () => {
    const { images } = await json<Listed>(two, '/search?q=tag%3Aowl');
    return images.length === 3;
  });
  await two.context().close();
});

test('from the bin many are taken back at once', async () => {
  await page.goto(`${site.base}/images/many`);
  for (const n of [1, 2]) await box(page, n).click();
  await page.getByRole('button', { name: 'Into the bin' }).click();
  await page.getByText('2 images are in the bin now.').waitFor();
  await page.goto(`${site.base}/images/bin`);
  await page.getByRole('link', { name: 'Select' }).click();
  await page.getByLabel('All of this list').click();
  await page.getByRole('button', { name: 'Out of the bin' }).click();
  await page.getByText('2 images are out of the bin now.').waitFor();
  expect(await visibilities()).toHaveLength(HELD);
});

test('without scripts the same form does it, says what is missing with what was chosen kept, and takes it back', async () => {
  const storageState = await page.context().storageState();
  const plain = await openPage(browser, { javaScriptEnabled: false, storageState });
  await plain.goto(`${site.base}/images/many`);
  await box(plain, 2).check();
  await plain.locator('summary', { hasText: 'Tags' }).click();
  await plain.getByRole('button', { name: 'Add these tags' }).click();
  await plain.getByText('Type one tag or more first.').first().waitFor();
  expect(await isTicked(plain)).toEqual([2]);
  await plain.getByRole('button', { name: 'Into the bin' }).click();
  await plain.getByText('1 image is in the bin now.').waitFor();
  await plain.getByRole('button', { name: 'Undo' }).click();
  await plain.getByText('1 image is as it was before.').waitFor();
  await plain.context().close();
});
