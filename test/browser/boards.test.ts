import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, postFrom, saveFrom } from './members.ts';

let site: SiteProcess;
let browser: Browser;
let ann: Page;
const BOARD = '/people/ann/boards/herons';
const NAMES = ['One', 'Two', 'Three', 'Four'];

interface Listed {
  images: { id: number; title: string }[];
}

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  ann = await memberPage(browser, site, 'ann', { viewport: { width: 1200, height: 900 } });
  for (const [seed, title] of NAMES.entries())
    await saveFrom(ann, await picture({ seed: seed + 1, width: 300, height: 200, quality: 40 }), {
      title,
      visibility: 'public',
      tags: seed === 0 ? 'night heron, night sky' : '',
    });
  expect(await postFrom(ann, '/boards', { title: 'Herons', visibility: 'private' })).toBe(201);
  const { images } = await json<Listed>(ann, '/people/ann');
  for (const { id } of images.toReversed())
    expect(await postFrom(ann, `/images/${id}/boards`, { board: 'herons' })).toBe(200);
});
afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const order = async (which: Page = ann) => (await json<Listed>(which, BOARD)).images.map(({ title }) => title);
const isOrder = (...titles: string[]) =>
  eventually(`the order ${titles.join(', ')}`, async () => (await order()).join() === titles.join());

test('a board is ordered by the mouse: dragged to where it shall stand, and kept', async () => {
  expect(await order()).toEqual(['Four', 'Three', 'Two', 'One']);
  await ann.goto(`${site.base}${BOARD}/arrange`);
  const tile = (title: string) => ann.locator('.arranged', { has: ann.getByAltText(title) });
  const [from, to] = [await tile('One').boundingBox(), await tile('Four').boundingBox()];
  await ann.mouse.move((from?.x ?? 0) + 40, (from?.y ?? 0) + 40);
  await ann.mouse.down();
  await ann.mouse.move((from?.x ?? 0) + 60, (from?.y ?? 0) + 50, { steps: 3 });
  await ann.mouse.move((to?.x ?? 0) + 5, (to?.y ?? 0) + 40, { steps: 8 });
  await ann.mouse.up();
  await isOrder('One', 'Four', 'Three', 'Two');
  await ann.reload();
  expect(await ann.locator('.arranged .picture').first().getAttribute('alt')).toBe('One');
});

test('a board is ordered by the keyboard, and the focus stays with the image', async () => {
  await ann.goto(`${site.base}${BOARD}/arrange`);
  const down = ann.getByRole('button', { name: /down.*One|One.*down/i });
  await down.focus();
  await ann.keyboard.press('Enter');
  await isOrder('Four', 'One', 'Three', 'Two');
});

test('without scripts the same buttons order it', async () => {
  const plain = await openPage(browser, {
    javaScriptEnabled: false,
    storageState: await ann.context().storageState(),
  });
  await plain.goto(`${site.base}${BOARD}/arrange`);
  await plain.getByRole('button', { name: /top.*Two|Two.*top/i }).click();
  await isOrder('Two', 'Four', 'One', 'Three');
  await plain.context().close();
});

test('somebody is asked to work on it, says yes, adds an image, and is taken off again', async () => {
  const bob = await memberPage(browser, site, 'bob');
  await saveFrom(bob, await picture({ seed: 77, width: 300, height: 200, quality: 40 }), {
    title: 'Of Bob',
    visibility: 'public',
  });
  await ann.goto(`${site.base}${BOARD}`);
  await ann.getByRole('link', { name: 'People' }).click();
  await ann.getByLabel('Username').fill('nobody');
  await ann.getByRole('button', { name: 'Ask them' }).click();
  await ann.getByText('No member has this username.').first().waitFor();
  await expectGood(ann);
  await ann.getByLabel('Username').fill('bob');
  await ann.getByRole('button', { name: 'Ask them' }).click();
  await ann.getByText('(asked)').waitFor();

  await bob.goto(`${site.base}/account/notices`);
  await bob.getByText('ann asks you to work on the board').waitFor();
  await expectGood(bob);
  await bob.getByRole('button', { name: 'Accept' }).click();
  await bob.waitForURL(`${site.base}${BOARD}`);
  const { images } = await json<Listed>(bob, '/people/bob');
  expect(await postFrom(bob, `/images/${images[0]?.id}/boards`, { board: 'ann/herons' })).toBe(200);
  await isOrder('Of Bob', 'Two', 'Four', 'One', 'Three');

  await ann.goto(`${site.base}${BOARD}/people`);
  await ann.getByRole('button', { name: 'Take bob off the board' }).click();
  await ann.getByText('bob does not work on it any more.').waitFor();
  const gone = await bob.goto(`${site.base}${BOARD}`);
  expect(gone?.status()).toBe(404);
  await bob.context().close();
});

test('the secret link opens it to a stranger, until it is taken back', async () => {
  await ann.goto(`${site.base}${BOARD}/people`);
  await ann.getByRole('button', { name: 'Make a link' }).click();
  const link = await ann.locator('#board-link').inputValue();
  expect(link).toMatch(/\/boards\/link\/[\w-]{43}$/);
  await expectGood(ann);
  const stranger = await openPage(browser);
  await stranger.goto(link);
  await stranger.getByRole('heading', { name: 'Herons' }).waitFor();
  expect(await stranger.locator('.tile-title').allTextContents()).toContain('Four');
  await expectGood(stranger);
  await ann.goto(`${site.base}${BOARD}/people`);
  await ann.getByRole('button', { name: 'Take it back' }).click();
  await ann.getByText('The link leads nowhere any more.').waitFor();
  expect((await stranger.goto(link))?.status()).toBe(404);
  await stranger.context().close();
});

test('tags are suggested while they are typed', async () => {
  await ann.goto(`${site.base}/images/create`);
  const field = ann.locator('[name=tags]');
  await field.click();
  await field.pressSequentially('nig');
  const offered = () =>
    ann.evaluate<string[]>(
      `[...document.querySelectorAll('datalist option, [role=option]')].map((one) => one.value || one.textContent)`,
    );
  await eventually('suggestions', async () => (await offered()).some((one) => one.includes('night heron')));
});
