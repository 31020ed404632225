import type { Browser, Page } from 'playwright-core';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, saveFrom } from './members.ts';

/** One more than a page of the list holds. */
const HELD = 18;

let site: SiteProcess;
let browser: Browser;
let page: Page;
/** The addresses of all images, in the order of the feed. */
let paths: string[];

interface Listed {
  images: { url: string }[];
}

beforeAll(async () => {
  site = await startProcess();
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea', { viewport: { width: 1000, height: 700 } });
  for (let seed = 1; seed <= HELD; seed += 1)
    await saveFrom(page, await picture({ width: 600, height: 400, seed, quality: 40 }), {
      title: `Number ${seed}`,
      visibility: 'public',
    });
  const lists = await Promise.all([json<Listed>(page, '/images'), json<Listed>(page, '/images?page=2')]);
  paths = lists.flatMap(({ images }) => images.map(({ url }) => url));
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
});

const dialog = (of: Page) => of.locator('.lightbox[open]');
const isAt = (path: string | undefined, of = page) => of.waitForURL(`${site.base}${path}`);
const tile = (n: number, of = page) => of.locator(`.tile-link[href="${paths[n]}"]`);

async function openFirst(of = page): Promise<void> {
  await of.goto(`${site.base}/images`);
  await tile(0, of).click();
  await dialog(of).waitFor();
  await isAt(paths[0], of);
}

test('with the keyboard alone an image opens over its list, likes are given, and Escape leads back to where one was', async () => {
  await page.goto(`${site.base}/images`);
  await tile(1).focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await isAt(paths[1]);
  expect(await page.title()).toBe('Number 17 · Bowerbird');
  await page.keyboard.press('ArrowRight');
  await isAt(paths[2]);
  await page.getByText(/^3 of 1[68]/).waitFor();
  const like = page.locator('.lightbox .like');
  await like.waitFor();
  await like.press('Enter');
  await page.locator('.lightbox').getByText('1 like').waitFor();
  await page.keyboard.press('Escape');
  await isAt('/images');
  expect(await dialog(page).count()).toBe(0);
  expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(paths[2]);
});

test('Back closes it, Forward opens it again, and the address loaded anew is the page of the image', async () => {
  await openFirst();
  await page.keyboard.press('ArrowRight');
  await isAt(paths[1]);
  await page.goBack();
  await dialog(page).waitFor({ state: 'detached' });
  await isAt('/images');
  await page.goForward();
  await dialog(page).waitFor();
  await isAt(paths[1]);
  await page.reload();
  await page.getByRole('heading', { name: 'Number 17', level: 1 }).waitFor();
  await page.goBack();
  await tile(0).waitFor();
});

test('near its end the list goes on, and one turns to what was not there yet', async () => {
  await openFirst();
  for (let n = 1; n < paths.length; n += 1) {
    await page.locator('.lightbox [data-way="next"][href]').waitFor();
    await page.keyboard.press('ArrowRight');
    await isAt(paths[n]);
  }
  await page.getByText(`${HELD} of ${HELD}`).waitFor();
  await page.keyboard.press('ArrowRight');
  await isAt(paths.at(-1));
  await page.keyboard.press('Escape');
  await isAt('/images');
  expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe(paths.at(-1));
});

test('Escape makes a picture that is large small first, and arrows then move what is seen of it', async () => {
  await openFirst();
  await page.keyboard.press('Enter');
  await page.locator('.lightbox .stage-zoomed').waitFor();
  await page.keyboard.press('ArrowRight');
  await isAt(paths[0]);
  await page.keyboard.press('Escape');
  await page.locator('.lightbox .stage:not(.stage-zoomed)').waitFor();
  expect(await dialog(page).count()).toBe(1);
});

test('a finger turns to the next image, and one downwards goes back to the list', async () => {
  const storageState = await page.context().storageState();
  const phone = await openPage(browser, { storageState, viewport: { width: 360, height: 700 }, hasTouch: true });
  await openFirst(phone);
  const swipe = (across: number, down: number) =>
    phone.evaluate(`(() => {
      const area = document.querySelector('.lightbox-middle');
      const fire = (kind, clientX, clientY) => area.dispatchEvent(
        new PointerEvent(kind, { pointerType: 'touch', isPrimary: true, pointerId: 7, clientX, clientY, bubbles: true }));
      fire('pointerdown', 200, 200);
      fire('pointermove', ${200 + across / 2}, ${200 + down / 2});
      fire('pointerup', ${200 + across}, ${200 + down});
    })()`);
  await swipe(-120, 10);
  await isAt(paths[1], phone);
  await swipe(120, 0);
  await isAt(paths[0], phone);
  await swipe(20, 30);
  await isAt(paths[0], phone);
  await swipe(5, 200);
  await isAt('/images', phone);
  await phone.context().close();
});

test('a moving picture stands still in a list until it is wanted, and moves by itself on its page', async () => {
  const ann = await memberPage(browser, site, 'ann', { reducedMotion: 'no-preference' });
  await saveFrom(ann, await picture({ format: 'gif', frames: 3, width: 300, height: 200, seed: 90 }), {
    title: 'Waves',
  });
  await ann.goto(`${site.base}/people/ann`);
  const play = ann.getByRole('button', { name: 'Let it move' });
  const isHeld = () => ann.locator('.picture-held').count();
  await play.waitFor();
  expect([await play.getAttribute('aria-pressed'), await isHeld()]).toEqual(['false', 1]);
  await play.press('Enter');
  expect([await play.getAttribute('aria-pressed'), await isHeld()]).toEqual(['true', 0]);
  const { images } = await json<Listed>(ann, '/people/ann');
  await ann.goto(`${site.base}${images[0]?.url}`);
  await play.waitFor();
  expect([await play.getAttribute('aria-pressed'), await isHeld()]).toEqual(['true', 0]);
  await ann.emulateMedia({ reducedMotion: 'reduce' });
  await ann.reload();
  await play.waitFor();
  expect([await play.getAttribute('aria-pressed'), await isHeld()]).toEqual(['false', 1]);
  await ann.context().close();
});

test('a click with Ctrl is the browser’s, and without scripts the link leads to the page', async () => {
  await page.goto(`${site.base}/images`);
  await page.evaluate(`addEventListener('click', (event) => {
    window.isLeft = !event.defaultPrevented;
    event.preventDefault();
  }, { once: true })`);
  await tile(0).click({ modifiers: ['Control'] });
  expect(await page.evaluate('isLeft')).toBe(true);
  expect(await dialog(page).count()).toBe(0);
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.goto(`${site.base}/`);
  await plain.locator('.tile-link').first().click();
  await plain.getByRole('heading', { level: 1 }).waitFor();
  expect(paths).toContain(new URL(plain.url()).pathname);
  await plain.context().close();
});

test('somebody else’s image is kept without leaving the list, and it is good in every light and width', async () => {
  const cleo = await memberPage(browser, site, 'cleo');
  await openFirst(cleo);
  await cleo.locator('.lightbox').getByRole('button', { name: 'Save to mine' }).click();
  const link = cleo.locator('.lightbox').getByRole('link', { name: 'It is in your images' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toMatch(/\/images\/\d+\//);
  await isAt(paths[0], cleo);
  await expectGood(cleo);
  await eventually('the picture', () =>
    cleo.evaluate<boolean>('document.querySelector(".lightbox .picture").complete'),
  );
  await cleo.context().close();
});
