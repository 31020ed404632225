import type { Browser, Page } from 'playwright-core';
import { closeChromium, launchChromium, openPage } from '../support/chromium.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { asFile, join, sender, signIn } from './members.ts';

let site: SiteProcess;
let origin: Origin;
let browser: Browser;
let page: Page;

const jpeg = (seed: number, more: object = {}) => picture({ width: 500, height: 375, seed, ...more });
const at = (path: string) => page.goto(site.base + path);
const pathNow = () => new URL(page.url()).pathname;
const save = () => page.locator('[data-send]').click();
const isAt = (path: RegExp) => page.waitForURL((url) => path.test(url.pathname));
const said = (words: string) => page.locator('.flashes', { hasText: words }).waitFor();

beforeAll(async () => {
  origin = await startOrigin({ '/leaf.jpg': await jpeg(2) });
  site = await startProcess({ FETCH_ALLOW: origin.allow });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await openPage(browser, { javaScriptEnabled: false });
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await origin?.close();
});

test('a visitor joins, and what was wrong stands at its field with what they typed', async () => {
  await at('/account/register');
  await page.getByLabel('Username').fill('bea');
  await page.getByLabel('Email').fill('bea@example.org');
  await page.locator('#password').fill('a heap of blue things');
  await page.locator('#password2').fill('a heap of green things');
  await sender(page, '/account/register').click();
  await page.locator('#password2-error', { hasText: 'not the same' }).waitFor();
  expect(await page.getByLabel('Username').inputValue()).toBe('bea');
  expect(await page.getByLabel('Email').inputValue()).toBe('bea@example.org');
  expect(await page.locator('#password').inputValue()).toBe('');
  await join(page, 'bea');
  expect(pathNow()).toBe('/account');
  await said('Welcome, bea!');
});

test('they sign out through the menu and in again, to where they wanted to go', async () => {
  await page.locator('[data-menu] summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await isAt(/^\/$/);
  await said('You are signed out.');
  await at('/images/create/?title=leaf&url=https://images.example/a?b=1&c=2');
  expect(pathNow()).toBe('/account/login');
  await page.getByLabel('Username or email').fill('bea');
  await page.locator('#password').fill('not it');
  await sender(page, '/account/login').click();
  await page.locator('.field-error', { hasText: 'No account' }).or(page.locator('#troubles')).first().waitFor();
  expect(await page.getByLabel('Username or email').inputValue()).toBe('bea');
  await signIn(page, 'bea');
  expect(await page.locator('#url').inputValue()).toBe('https://images.example/a?b=1&c=2');
  expect(await page.getByLabel('Title').inputValue()).toBe('leaf');
});

test('a file is saved', async () => {
  await at('/images/create');
  await page.locator('#image').setInputFiles(asFile(await jpeg(1)));
  await page.getByLabel('Title').fill('From a file');
  await page.getByLabel('Tags').fill('blue, found');
  await save();
  await isAt(/^\/images\/\d+\/from-a-file$/);
  await page.getByRole('list', { name: 'Tags' }).getByText('blue').waitFor();
});

test('an address is saved, with Enter in its field', async () => {
  await at('/images/create');
  await page.getByLabel('Title').fill('From the web');
  await page.locator('#url').fill(`${origin.url}/leaf.jpg`);
  await page.locator('#url').press('Enter');
  await isAt(/^\/images\/\d+\/from-the-web$/);
});

test('a refusal leaves all that was typed, and the file need not be sent twice', async () => {
  await at('/images/create');
  await page.locator('#image').setInputFiles(asFile(await jpeg(3), 'hedge.jpg'));
  await page.getByLabel('Title').fill('Kept as a draft');
  await page.getByLabel('Caption').fill('Two lines\nof it');
  await page.getByLabel('Tags').fill('x'.repeat(51));
  await page.getByRole('radio', { name: 'Only me' }).check();
  await page.getByText('Size for others, and where it comes from').click();
  await page.locator('#creator').fill('Bolly');
  await save();
  await page.locator('#tags-error', { hasText: 'At most 50 tags' }).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('Kept as a draft');
  expect(await page.getByLabel('Caption').inputValue()).toBe('Two lines\nof it');
  expect(await page.getByRole('radio', { name: 'Only me' }).isChecked()).toBe(true);
  expect(await page.locator('#creator').inputValue()).toBe('Bolly');
  await page.getByText('We still have hedge.jpg').waitFor();
  await page.getByLabel('Tags').fill('hedge');
  await save();
  await isAt(/^\/images\/\d+\/kept-as-a-draft$/);
  await page.locator('.by-line', { hasText: 'Only me' }).waitFor();
});

test('a picture that is not there is refused at its address; what is no picture, at the file', async () => {
  await at('/images/create');
  await page.locator('#url').fill(`${origin.url}/gone.jpg`);
  await page.getByLabel('Title').fill('Gone');
  await save();
  await page.locator('#url-error', { hasText: '404' }).waitFor();
  expect(await page.locator('#url').inputValue()).toBe(`${origin.url}/gone.jpg`);
  expect(await page.getByLabel('Title').inputValue()).toBe('Gone');
  await page.locator('#url').fill('');
  await page.locator('#image').setInputFiles(asFile(Buffer.from('%PDF-1.7 not a picture')));
  await save();
  await page.locator('#image-error', { hasText: 'PDF' }).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('Gone');
  expect(await page.locator('input[name=draft]').count()).toBe(0);
});

test('what looks like one they have is asked about, and put in its place without sending it again', async () => {
  await at('/images/create');
  await page.locator('#image').setInputFiles(asFile(await jpeg(1, { width: 1000, height: 750 }), 'larger.jpg'));
  await page.getByLabel('Title').fill('Larger');
  await save();
  await page.getByRole('heading', { name: 'You may have this one already' }).waitFor();
  await page.getByRole('link', { name: 'Look at it' }).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('Larger');
  // Enter never answers a question that was not read.
  await page.getByLabel('Title').press('Enter');
  await page.getByRole('heading', { name: 'You may have this one already' }).waitFor();
  await page.getByRole('button', { name: 'Put this one in its place' }).click();
  await isAt(/^\/images\/\d+\/[^/]+$/);
  await page.locator('dl', { hasText: '1000 × 750' }).first().waitFor();
});

test('it is edited, deleted after a question, and taken back from the bin', async () => {
  await at('/images');
  await page.locator('.tile a', { hasText: 'From the web' }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('y'.repeat(500));
  await page.getByLabel('Tags').fill('z'.repeat(51));
  await sender(page, `${pathNow()}`).first().click();
  await page.locator('#tags-error', { hasText: 'At most 50 tags' }).waitFor();
  expect(await page.getByLabel('Title').inputValue()).toBe('y'.repeat(500));
  await page.getByLabel('Title').fill('A leaf');
  await page.getByLabel('Tags').fill('leaf');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await isAt(/^\/images\/\d+\/a-leaf$/);
  const address = pathNow();
  await page.locator('.ask summary').click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await isAt(/^\/images\/bin$/);
  await said('You can take it back for 30 days.');
  expect((await at(address))?.status()).toBe(404);
  await page.getByText('Nothing here').waitFor();
  await at('/images/bin');
  await page.getByRole('button', { name: 'Take back: A leaf' }).click();
  await isAt(/^\/images\/\d+\/a-leaf$/);
  expect(pathNow()).toBe(address);
});

test('the pager turns the pages of a profile, forth and back', async () => {
  // Six to a page: three are there and five more are not much.
  for (let seed = 11; seed < 16; seed += 1) {
    await at('/images/create');
    await page.locator('#image').setInputFiles(asFile(await jpeg(seed)));
    await page.getByLabel('Title').fill(`Number ${seed}`);
    await save();
    await isAt(/^\/images\/\d+\/number/);
  }
  await at('/people/bea');
  const titles = () => page.locator('.tile-title').allTextContents();
  const first = await titles();
  expect(first).toHaveLength(6);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.waitForURL(/page=2/);
  const second = await titles();
  expect(second.length).toBeGreaterThan(0);
  expect(first.filter((title) => second.includes(title))).toEqual([]);
  await page.getByRole('link', { name: 'Page 1', exact: true }).click();
  await page.waitForURL((url) => url.search === '');
  expect(await titles()).toEqual(first);
});

test('the feed is filtered and put in order by its form, and a filter is taken back by its link', async () => {
  await at('/images');
  await page.locator('.filter > summary').click();
  await page.getByLabel('Order').selectOption('liked');
  await page.getByLabel('Kind').selectOption('animated');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('Nothing here fits').waitFor();
  await page.getByRole('link', { name: 'Without: Animated' }).click();
  await page.waitForURL(`${site.base}/images?order=liked`);
  expect((await page.locator('.tile-title').allTextContents()).length).toBeGreaterThan(5);
});
