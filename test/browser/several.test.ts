import type { Browser, Page } from 'playwright-core';
import { encodePicks, type Pick } from '../../src/lib/pick/fragment.ts';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, signIn, signOut } from './members.ts';

let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const at = (name: string) => `${origin.url}/${name}.jpg`;

beforeAll(async () => {
  const pictures = await Promise.all(names.map((_, seed) => picture({ width: 640, height: 480, seed: 500 + seed })));
  origin = await startOrigin(Object.fromEntries(names.map((name, index) => [`/${name}.jpg`, pictures[index]!])));
  site = await startProcess({ FETCH_ALLOW: origin.allow });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
});
let members = 0;
beforeEach(async () => {
  members += 1;
  page = await memberPage(browser, site, `bea${members}`);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await origin?.close();
});

const picked = (...picks: Partial<Pick>[]) => `${site.base}/save#${encodePicks(picks)}`;
const rows = () => page.locator('[data-rows] > [data-row]');
const addresses = () =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-rows] [id^=url]:not(.field-error)')].map((one) => one.value)`,
  );
const save = () => page.locator('[data-send]').click();
const said = (words: string) => page.locator('[data-said]', { hasText: words }).waitFor({ timeout: 30_000 });
interface Saved {
  images: { title: string; visibility: string }[];
}
const saved = async () => (await json<Saved>(page, `/people/bea${members}`)).images;

test('several picks outlive signing in and a reload, are looked through and saved in their order', async () => {
  await signOut(page, site);
  await page.goto(
    picked({ url: at('a'), title: 'First' }, { url: at('b'), title: 'Second', nopin: true }, { url: at('c') }),
  );
  expect(new URL(page.url()).pathname).toBe('/account/login');
  expect(page.url()).not.toContain('#');
  await page.locator('[data-carried]:not([hidden])').waitFor();
  await signIn(page, `bea${members}`);
  expect(await rows().count()).toBe(3);
  await page.locator('#title3').fill('Third');
  await page.locator('#tags').fill('blue');
  await page.reload();
  expect(await addresses()).toEqual([at('a'), at('b'), at('c')]);
  expect(await page.locator('#title3').inputValue()).toBe('Third');
  expect(await page.locator('#tags').inputValue()).toBe('blue');
  await page.locator('[data-row] [value=down1]').click();
  expect(await addresses()).toEqual([at('b'), at('a'), at('c')]);
  await save();
  await said('All are saved.');
  expect((await saved()).map(({ title, visibility }) => [title, visibility])).toEqual([
    ['Third', 'members'],
    ['First', 'members'],
    ['Second', 'private'],
  ]);
  await page.getByRole('link', { name: 'First' }).click();
  await page.locator('h1', { hasText: 'First' }).waitFor();
});

test('a row that fails stays with its reason until it is mended, and the others are links to what was saved', async () => {
  await page.goto(picked({ url: at('a'), title: 'Fine' }, { url: at('gone'), title: 'Mended' }));
  await save();
  await said('What could not be saved stays');
  expect(await page.locator('#url2-error').textContent()).toContain('404');
  await page.reload();
  expect(await rows().count()).toBe(2);
  await page.locator('.pick-saved a', { hasText: 'Fine' }).waitFor();
  await page.locator('#url2').fill(at('b'));
  await save();
  await said('All are saved.');
  expect((await saved()).map(({ title }) => title)).toEqual(['Mended', 'Fine']);
});

test('files that were shared from a phone are rows of their own, and a reload asks for nothing that is saved', async () => {
  const files = [931, 932].map((seed) => picture({ seed, width: 300, height: 200 }));
  const texts = (await Promise.all(files)).map((bytes) => bytes.toString('base64'));
  const path = await page.evaluate(
    `(async () => {
      const form = new FormData();
      for (const [n, text] of ${JSON.stringify(texts)}.entries())
        form.append('image', new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], ['one.jpg', 'two.jpg'][n]));
      const answer = await fetch('/share', { method: 'POST', body: form, headers: { Accept: 'application/json' } });
      return (await answer.json()).url;
    })()`,
  );
  await page.goto(`${site.base}${path as string}`);
  expect(await page.locator('[data-row] [data-file-name]:visible').allTextContents()).toEqual(['one.jpg', 'two.jpg']);
  expect(new URL(page.url()).search).toBe('');
  await page.locator('#title2').fill('Two');
  await page.reload();
  expect(await page.locator('[data-row] [data-file-name]:visible').allTextContents()).toEqual(['one.jpg', 'two.jpg']);
  await save();
  await said('All are saved.');
  expect((await saved()).map(({ title }) => title)).toEqual(['Two', '']);
});

test('what they have already is shown with a choice', async () => {
  await page.goto(picked({ url: at('d'), title: 'One' }, { url: at('d'), title: 'The same' }));
  await save();
  await page.locator('[data-row]:nth-child(2) [data-alike]:not([hidden])').waitFor();
  await page.getByRole('radio', { name: 'Keep both' }).check();
  await save();
  await said('All are saved.');
  expect(await saved()).toHaveLength(2);
});

test('lines become rows, are removed and dragged, and Enter in a field saves', async () => {
  await page.goto(`${site.base}/save`);
  await page.locator('#urls').fill([at('a'), at('b'), at('c')].join('\n'));
  await page.locator('[name=act][value=look]').click();
  expect(await addresses()).toEqual([at('a'), at('b'), at('c')]);
  await page.locator('[value=drop2]').click();
  await page.setViewportSize({ width: 1280, height: 1400 });
  const face = (n: number) => page.locator(`[data-row]:nth-child(${n}) .pick-face`).boundingBox();
  const [from, to] = [await face(2), await face(1)];
  await page.mouse.move((from?.x ?? 0) + 60, (from?.y ?? 0) + 60);
  await page.mouse.down();
  await page.mouse.move((from?.x ?? 0) + 60, (from?.y ?? 0) + 40, { steps: 3 });
  await page.mouse.move((to?.x ?? 0) + 60, (to?.y ?? 0) + 10, { steps: 8 });
  await page.mouse.up();
  await eventually('the other order', async () => (await addresses()).join() === [at('c'), at('a')].join());
  await page.locator('#title1').press('Enter');
  await said('All are saved.');
  expect(await saved()).toHaveLength(2);
});

test('a site that is down for a while loses nothing and saves nothing twice', async () => {
  await page.goto(picked({ url: at('e'), title: 'Patient' }, { url: at('f'), title: 'Also' }));
  await site.kill();
  await save();
  await said('Another try in');
  site = await site.again();
  await said('All are saved.');
  expect((await saved()).map(({ title }) => title)).toEqual(['Also', 'Patient']);
});

test('who was signed out meanwhile signs in again and goes on', async () => {
  await page.goto(picked({ url: at('a'), title: 'Kept' }));
  await page.context().clearCookies();
  await save();
  await page.locator('[data-sign-in]:not([hidden])').click();
  await signIn(page, `bea${members}`);
  expect(await page.locator('#title1').inputValue()).toBe('Kept');
  await save();
  await said('All are saved.');
});

test('a list that was cut or tampered with says so, and more than fit are not taken', async () => {
  await page.goto(`${site.base}/save#v1,url1=javascript%3Aalert(1)&url2=${'%E0'.repeat(9)}`);
  await said('was damaged on the way');
  expect(await rows().count()).toBe(0);
  await page.goto(`${site.base}/account`);
  await page.goto(`${picked({ url: at('a'), title: '<img src=x onerror=alert(1)>' })}&url2=`);
  await said('did not arrive');
  expect(await page.locator('#title1').inputValue()).toBe('<img src=x onerror=alert(1)>');
  await page.locator('#urls').fill('https://a.example/a.jpg\n'.repeat(200));
  await page.locator('[name=act][value=look]').click();
  await said('here are 201');
  expect(await rows().count()).toBe(1);
});

test('the page is good to look at, empty and full, for everybody', async () => {
  await page.goto(`${site.base}/save`);
  await expectGood(page);
  await page.goto(
    picked(
      { url: at('a'), title: 'Fine', nopin: true },
      { url: at('gone') },
      { url: `https://${'long'.repeat(60)}.example/` },
    ),
  );
  await eventually('the rows', async () => (await rows().count()) === 3);
  await page.locator('#url2').fill('ftp://nothing');
  await save();
  await said('What could not be saved stays');
  await expectGood(page);
});

test('without scripts, addresses are typed, looked through and saved', async () => {
  const cookies = await page.context().cookies();
  const plain = await openPage(browser, { javaScriptEnabled: false });
  await plain.context().addCookies(cookies);
  await plain.goto(`${site.base}/save`);
  await plain.locator('#urls').fill(`${at('a')}\n${at('gone')}`);
  await plain.locator('[name=act][value=look]').click();
  await plain.locator('#title1').fill('Plainly');
  await plain.locator('[data-send]').click();
  await plain.locator('.flashes', { hasText: '1 image is saved.' }).waitFor();
  expect(await plain.locator('#url1').inputValue()).toBe(at('gone'));
  await plain.locator('#url1').fill(at('b'));
  await plain.locator('[data-send]').click();
  await plain.waitForURL((url) => url.pathname.startsWith('/people/'));
  expect((await saved()).map(({ title }) => title)).toEqual(['', 'Plainly']);
  await plain.context().close();
});
