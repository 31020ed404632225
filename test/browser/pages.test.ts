import type { Browser, Page, Route } from 'playwright-core';
import { routes } from '../../src/routes.ts';
import { closeChromium, eventually, launchChromium, openPage } from '../support/chromium.ts';
import { startDns, type DnsServer } from '../support/dns.ts';
import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startProcess, type SiteProcess } from '../support/process.ts';
import { expectGood } from './looks.ts';
import { json, memberPage, saveFrom, signIn } from './members.ts';

const SEED =
  'https://images.unsplash.com/photo-1591788788843-93d40443bddd?ixlib=rb-1.2.1&auto=format&fit=crop&w=1275&q=80';
const HELD = 40;

let site: SiteProcess;
let origin: Origin;
let dns: DnsServer;
let browser: Browser;
/** Of the first member, who is the administrator: every page opens. */
let page: Page;

beforeAll(async () => {
  origin = await startOrigin({ '/leaf.jpg': await picture({ seed: 900 }) });
  dns = await startDns(() => ({ code: 'NXDOMAIN' }));
  site = await startProcess({ FETCH_ALLOW: origin.allow, DNS_SERVERS: dns.address });
  const { keyHash } = await site.authority();
  browser = await launchChromium({ trustedKeys: [keyHash] });
  page = await memberPage(browser, site, 'bea', {
    viewport: { width: 1440, height: 900 },
    // What it answers no route of a test would see.
    serviceWorkers: 'block',
  });
  for (let seed = 1; seed <= HELD; seed += 1) await saveOne(seed);
  await beLiked();
});

afterAll(async () => {
  await closeChromium(browser);
  await site?.end();
  await dns?.close();
  await origin?.close();
});

/** Somebody likes what the member has, and follows them: then there is a number in the header of every page. */
async function beLiked(): Promise<void> {
  const { images } = await json<{ images: { id: number }[] }>(page, '/images');
  const cleo = await memberPage(browser, site, 'cleo');
  const acts = [...images.map(({ id }) => [`/images/${id}/like`, 'like']), ['/people/bea/follow', 'follow']];
  const statuses = await cleo.evaluate<number[]>(`(() => {
    const headers = { accept: 'application/json', 'x-csrf-token': document.querySelector('meta[name=csrf-token]').content };
    const act = ([path, action]) => fetch(path, { method: 'POST', headers, body: new URLSearchParams({ action }) });
    return Promise.all(${JSON.stringify(acts)}.map((one) => act(one).then((answer) => answer.status)));
  })()`);
  expect(new Set(statuses)).toEqual(new Set([200]));
  await cleo.context().close();
}

/** Saves a small picture. */
async function saveOne(seed: number): Promise<void> {
  const [width, height] = [300, seed % 3 ? 200 : 420];
  const bytes = await picture({ width, height, seed, quality: 40 });
  const title = seed % 5 ? `Number ${seed}` : `Number ${seed}, ${'with a name that goes on and on '.repeat(8)}`;
  const fields = { title, caption: 'Two lines\nof words', alt: 'Soft patches', tags: 'blue, found, hedge' };
  const more = {
    visibility: 'public',
    creator: 'Bolly',
    licence: 'CC BY 4.0',
    page_url: 'https://pages.example/hedge',
  };
  await saveFrom(page, bytes, { ...fields, ...more });
}

/** Every page that the table of routes has, for an image and a member that are there. */
async function addresses(): Promise<string[]> {
  const { images } = await json<{ images: { id: number }[] }>(page, '/images');
  const real = { ':id{/:slug}': String(images[0]?.id), ':id': String(images[0]?.id), ':username': 'bea' };
  const paths = routes
    .filter(({ method, path }) => method === 'GET' && !/healthz|readyz|\.js$|media|download/.test(path))
    .map(({ path }) => Object.entries(real).reduce((filled, [name, value]) => filled.replace(name, value), path));
  return paths.filter((path) => !path.includes(':'));
}

test('from an image one goes on to the next of the list one came from, past the end of its page, and back', async () => {
  const { images } = await json<{ images: { url: string }[] }>(page, '/images');
  const second = await json<{ images: { url: string }[] }>(page, '/images?page=2');
  const [before = '', last = ''] = images.slice(-2).map(({ url }) => url);
  const beyond = second.images[0]?.url ?? '';
  await page.goto(`${site.base}/images?page=1`);
  const tiles = page.locator('[data-grid] .tile-link');
  await tiles.first().waitFor();
  await page.locator(`.tile-link[href="${last}"]`).click();
  await page.getByRole('link', { name: 'Its page' }).click();
  await page.locator('[data-walk]').waitFor();
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await page.waitForURL(`${site.base}${beyond}`);
  await page.getByRole('link', { name: 'Previous', exact: true }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(`${site.base}${last}`);
  await page.getByRole('link', { name: 'Previous', exact: true }).click();
  await page.waitForURL(`${site.base}${before}`);
  const other = await openPage(browser);
  await other.goto(`${site.base}${before}`);
  expect(await other.getByRole('link', { name: 'Next', exact: true }).count()).toBe(0);
  await other.context().close();
});

test('every page passes WCAG 2.2 AA in light and dark and fits from 320 to 1440 pixels', async () => {
  const bin = `/images/${(await json<{ images: { id: number }[] }>(page, '/images?page=2')).images[0]?.id}/delete`;
  await page.evaluate(`fetch('${bin}', { method: 'POST', headers: { accept: 'application/json',
    'x-csrf-token': document.querySelector('meta[name=csrf-token]').content } })`);
  const paths = await addresses();
  expect(paths.length).toBeGreaterThan(12);
  for (const path of [...paths, '/no-such-page']) {
    const answer = await page.goto(site.base + path);
    // What answers scripts alone is no page.
    if (answer?.headers()['content-type']?.startsWith('text/html')) await expectGood(page);
  }
}, 600_000);

test('so do the pages that visitors see, a form with faults, and the question about a look-alike', async () => {
  const visitor = await openPage(browser);
  for (const path of ['/', '/account/login', '/account/register', '/account/bookmarklet', '/people/bea']) {
    await visitor.goto(site.base + path);
    await expectGood(visitor);
  }
  await visitor.goto(`${site.base}/account/register`);
  for (const [name, value] of [
    ['username', '!'],
    ['email', 'a@b'],
    ['password', 'x'],
    ['password2', 'y'],
  ] as const)
    await visitor.locator(`#${name}`).fill(value);
  await visitor.locator('form[action="/account/register"] button:not([type=button])').click();
  await visitor.locator('#username-error', { hasText: /\S/ }).waitFor();
  await expectGood(visitor);

  await page.goto(`${site.base}/images/create`);
  await page.locator('[data-menu] summary').click();
  await expectGood(page);
  await page.keyboard.press('Escape');
  const again = await picture({ width: 300, height: 200, seed: HELD, quality: 30 });
  await page.locator('#image').setInputFiles({ name: 'again.jpg', mimeType: 'image/jpeg', buffer: again });
  await page.locator('[data-send]').click();
  await page.locator('#alike').waitFor();
  await expectGood(page);
}, 600_000);

test('the seed link fills the form with everything after url=, also through sign-in, and nobody fetches it', async () => {
  const link = `${site.base}/images/create/?title=bricks&url=`;
  const expectFilled = async (page: Page, address: string) => {
    expect(await page.locator('#url').inputValue()).toBe(address);
    expect(await page.getByLabel('Title').inputValue()).toBe('bricks');
  };
  await page.goto(link + SEED);
  await expectFilled(page, SEED);
  const visitor = await openPage(browser);
  await visitor.goto(link + SEED);
  expect(new URL(visitor.url()).pathname).toBe('/account/login');
  await signIn(visitor, 'bea');
  await expectFilled(visitor, SEED);
  // The same for a host that the server could reach: it asks no name server and opens no connection.
  const near = `${origin.url}/leaf.jpg?auto=format&q=80`;
  await visitor.goto(link + near);
  await expectFilled(visitor, near);
  expect(dns.questions).toEqual([]);
  expect(origin.hits).toEqual([]);
  expect(origin.connections).toBe(0);
});

/** Presses Tab until the focus is where it is wanted; wherever it comes, it is to be seen. */
async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const [there, seen] = await page.evaluate<[boolean, boolean]>(`(() => {
      const at = document.activeElement;
      const face = at.matches('.choice-input, .tile-link') ? at.parentElement.querySelector('.choice-face, .tile-picture') : at;
      const { outlineStyle, boxShadow } = getComputedStyle(face);
      return [at.matches(${JSON.stringify(selector)}), outlineStyle !== 'none' || boxShadow !== 'none'];
    })()`);
    if (!seen)
      throw new Error(
        `nothing shows that the focus is at ${await page.evaluate<string>('document.activeElement.outerHTML')}`,
      );
    if (there) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}

test('with the keyboard alone one signs in, saves and edits', async () => {
  page = await openPage(browser);
  await page.goto(`${site.base}/account/login`);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
  await tabTo('#login');
  await page.keyboard.type('bea');
  await tabTo('#password');
  await page.keyboard.type('a heap of blue things');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.base}/account`);
  await tabTo('header a[href="/images/create"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${site.base}/images/create`);
  await tabTo('#url');
  await page.keyboard.type(`${origin.url}/leaf.jpg`);
  await tabTo('#title');
  await page.keyboard.type('By hand');
  await tabTo('input[name=visibility]');
  await page.keyboard.press('ArrowRight');
  await tabTo('[data-send]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/by-hand$/);
  await page.locator('.by-line', { hasText: 'Only me' }).waitFor();
  await tabTo('a[href$="/edit"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/edit$/);
  await tabTo('#title');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('By both hands');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/by-both-hands$/);
});

const numberIn = (title: string) => Number(/^Number (\d+)/.exec(title)?.[1] ?? 0);

/** The numbers of all images that the feed holds, as a script reads it page by page. */
async function heldNow(): Promise<number[]> {
  const numbers: number[] = [];
  for (let path: string | null = '/images'; path;) {
    const part: { images: { title: string }[]; next: string | null } = await json(page, path);
    numbers.push(...part.images.map(({ title }) => numberIn(title)));
    path = part.next;
  }
  return numbers.filter((number) => number > 0);
}

test('the endless feed neither repeats nor skips while images arrive', async () => {
  const held = await heldNow();
  expect(held.length).toBeGreaterThan(32);
  await page.goto(`${site.base}/images`);
  const titles = () => page.locator('.tile-title').allTextContents();
  const isMore = async () => (await page.locator('[data-pager][data-more]').count()) > 0;
  for (let arrived = 1000, count = 16; await isMore(); count = (await titles()).length) {
    // As many as fit into a row, between two pages.
    for (let n = 0; n < 3; n += 1) await saveOne((arrived += 1));
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    await eventually('more images', async () => (await titles()).length > count || !(await isMore()));
  }
  expect(await page.locator('[data-pager]').count()).toBe(0);
  const shown = (await titles()).map(numberIn).filter((number) => number > 0 && number < 1000);
  expect(shown).toEqual(held);
});

test('the feed is filtered by its form, grows as one reads while images arrive, and each filter is taken back by itself', async () => {
  const reader = await page.context().newPage();
  await reader.goto(`${site.base}/images`);
  await reader.getByText('Filter and order').click();
  await reader.getByLabel('Kind').selectOption('jpeg');
  await reader.getByLabel('Tag').fill('blue, hedge');
  await reader.getByRole('button', { name: 'Show' }).click();
  await reader.waitForURL(/tag=blue/);
  const titles = () => reader.locator('.tile-title').allTextContents();
  const first = await titles();
  expect(first).toHaveLength(16);
  await saveOne(3001);
  await reader.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await eventually('more images', async () => (await titles()).length > 16);
  const all = (await titles()).map(numberIn);
  expect(new Set(all).size).toBe(all.length);
  expect(all).not.toContain(3001);
  await reader.getByRole('link', { name: 'Without: JPEG' }).click();
  await reader.waitForURL((url) => !url.search.includes('kind=') && url.search.includes('tag='));
  expect((await titles())[0]).toBe('Number 3001');
  await reader.getByText('Filter and order').click();
  await reader.getByLabel('Saved since').fill('the day before');
  await reader.getByRole('button', { name: 'Show' }).click();
  await reader.getByText('A date is a year, a month or a day').waitFor();
  expect(await reader.locator('#tag').inputValue()).toBe('blue, hedge');
  await expectGood(reader);
  await reader.getByRole('link', { name: 'Clear all' }).first().click();
  await reader.waitForURL(`${site.base}/images`);
  await reader.close();
});

test('what comes while somebody reads is offered, and moves nothing', async () => {
  const reader = await page.context().newPage();
  await reader.clock.install();
  await reader.goto(`${site.base}/images`);
  const first = () => reader.locator('.tile-title').first().textContent();
  const before = await first();
  await saveOne(2001);
  await reader.clock.fastForward('01:01');
  const offer = reader.locator('[data-arrivals] a');
  await offer.waitFor();
  expect([await offer.textContent(), await first()]).toEqual(['1 new', before]);
  await offer.click();
  await reader.waitForLoadState();
  expect(await first()).toBe('Number 2001');
  // Whoever looks away asks for nothing, and hears of it when they look again.
  const asked: string[] = [];
  reader.on('request', (request) => void asked.push(request.url()));
  const look = (away: boolean) =>
    reader.evaluate(`Object.defineProperty(document, 'hidden', { value: ${away}, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
  await look(true);
  await saveOne(2002);
  await reader.clock.runFor(300_000);
  expect(asked.filter((url) => url.includes('since='))).toEqual([]);
  await look(false);
  await offer.waitFor();
  expect(await offer.textContent()).toBe('1 new');
  await reader.close();
});

test('nothing in the feed moves while slow pictures come in', async () => {
  const slow = await page.context().newPage();
  await slow.addInitScript(`window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries()))
    .observe({ type: 'layout-shift', buffered: true });`);
  const late = async (route: Route) => {
    await new Promise((resolve) => setTimeout(resolve, 300)); // the picture's way over a slow line
    await route.continue();
  };
  await slow.route('**/media/**', late);
  await slow.goto(`${site.base}/images`);
  const more = 'document.querySelector("[data-more]")';
  const atEnd = () => slow.evaluate<boolean>(`!${more} && scrollY + innerHeight > document.body.scrollHeight - 50`);
  while (!(await atEnd())) {
    // No faster than the pages come: whoever outruns them sees the last row fill up.
    const below = `!${more} || ${more}.getBoundingClientRect().top > innerHeight + 400`;
    await eventually('the next page', () => slow.evaluate<boolean>(below));
    await slow.mouse.wheel(0, 400);
  }
  await eventually('all pictures that were near', () =>
    slow.evaluate<boolean>('document.querySelectorAll(".picture.arrived").length > 30'),
  );
  const moved = await slow.evaluate<number>(
    'shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0)',
  );
  expect(moved).toBeLessThan(0.02);
});
