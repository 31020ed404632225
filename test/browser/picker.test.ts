import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bookmarkletHref } from '../../src/lib/pick/link.ts';
import { decodePick } from '../../src/lib/pick/fragment.ts';
import { builtDir } from '../../src/lib/root.ts';
import {
  clickBookmarklet,
  closeChromium,
  documentText,
  eventually,
  globalsOf,
  hasShadow,
  inDocument,
  inShadow,
  launchChromium,
  listenersOf,
  openPage,
} from '../support/chromium.ts';
import type { Origin, Route } from '../support/origin.ts';
import { startOrigin } from '../support/origin.ts';
import { html, STRICT } from '../support/picker/fixture.ts';
import type { Shown } from '../support/picker/offers.ts';
import { TILES } from '../support/picker/offers.ts';
import { addPictures, picture } from '../support/picker/pictures.ts';

const SITE = 'https://bowerbird.example';
let browser: Browser;
let origin: Origin;
let bookmarklet: string;
let page: Page;

beforeAll(async () => {
  bookmarklet = bookmarkletHref(await readFile(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8'), SITE);
  origin = await startOrigin({ '/inner': html(ONE) });
  await addPictures(origin, ['800x600', '400x300', '1600x1200', '300x300', '100x400', '1x1']);
  browser = await launchChromium();
});

afterAll(async () => {
  await closeChromium(browser);
  await origin.close();
});

afterEach(() => page?.context().close());

/** Opens a page of ours, with its images loaded. */
async function visit(route: Route, options = {}): Promise<void> {
  origin.routes['/page'] = route;
  page = await openPage(browser, options);
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
}

async function click(): Promise<void> {
  await clickBookmarklet(page, bookmarklet);
  await eventually('the picker opens', () => hasShadow(page));
}

const gone = (): Promise<void> => eventually('the picker closes', async () => !(await hasShadow(page)));

/** What the picker offers, as "path size". */
async function offered(route: Route): Promise<string[]> {
  await visit(route);
  await click();
  return (await inShadow<Shown[]>(page, TILES)).map(({ href, size }) => `${pathOf(href)} ${size}`);
}

const pickOf = (href: string) => {
  expect(href.startsWith(`${SITE}/images/create/#v1,`)).toBe(true);
  return decodePick(new URL(href).hash);
};
const pathOf = (href: string): string => pickOf(href)?.url.replace(origin.url, '') ?? 'nothing';

const ONE = '<img src="/400x300/a.png" alt="One">';

const HOSTILE = `<script>
  const broken = () => { throw new Error('replaced by the page'); };
  for (const [owner, names] of [
    [Document.prototype, ['createElement', 'querySelectorAll', 'querySelector']],
    [Element.prototype, ['attachShadow', 'getAttribute', 'append', 'closest', 'querySelectorAll', 'remove']],
    [EventTarget.prototype, ['addEventListener', 'dispatchEvent']],
    [Array.prototype, ['map', 'filter', 'forEach', 'includes', 'find', 'flatMap']],
    [Array, ['from']], [HTMLDialogElement.prototype, ['showModal', 'close']], [JSON, ['parse', 'stringify']],
  ]) for (const name of names) owner[name] = broken;
  Object.defineProperty(HTMLImageElement.prototype, 'currentSrc', { get: broken });
  URL = Map = Set = Event = getComputedStyle = 'taken';
</script>`;

describe('the picker offers', () => {
  test('the images of a page, largest first, under the strictest policy, with everything in the link', async () => {
    const head = '<meta name="author" content="Ada"><link rel="license" href="/licence">';
    const images = '<img src="/400x300/a.png" alt="A small one"><img src="/800x600/a.png" title="Named">';
    await visit(html(images, head, STRICT));
    await click();
    const tiles = await inShadow<Shown[]>(page, TILES);
    expect(tiles.map(({ size, name }) => [size, name])).toEqual([
      ['800 × 600', 'Named'],
      ['400 × 300', 'A small one'],
    ]);
    expect(pickOf(tiles[1]?.href ?? '')).toEqual({
      url: `${origin.url}/400x300/a.png`,
      seen_url: '',
      title: 'A page',
      page_url: `${origin.url}/page`,
      alt: 'A small one',
      creator: 'Ada',
      licence: `${origin.url}/licence`,
      nopin: false,
      noai: false,
      noindex: false,
      page_title: 'A page',
      page_description: '',
      page_site: '',
      page_date: '',
      page_canonical: '',
      copy: '',
    });
    expect(pickOf(tiles[0]?.href ?? '')?.title).toBe('Named');
    await eventually('both are drawn', async () => (await inShadow<Shown[]>(page, TILES)).every(({ drawn }) => drawn));
    const links =
      "root => [...root.querySelectorAll('li a')].map((a) => [a.target, a.rel, a.referrerPolicy].join(' '))";
    expect(await inShadow(page, links)).toEqual(['_blank noopener no-referrer', '_blank noopener no-referrer']);
  });

  test('the largest file of a srcset and of a picture, once', async () => {
    const srcset = '<img src="/400x300/a.png" srcset="/400x300/a.png 400w, /1600x1200/a.png 1600w" sizes="300px">';
    const dense = '<img src="/400x300/b.png" srcset="/800x600/b.png 2x">';
    const picture = `<picture><source type="image/jxl" srcset="/c.jxl 3200w">
      <source srcset="/800x600/c.png 800w, /1600x1200/c.png 1600w" sizes="200px"><img src="/400x300/c.png"></picture>`;
    expect(await offered(html(srcset + dense + picture))).toEqual([
      '/1600x1200/a.png 1600 × 1200',
      '/1600x1200/c.png 1600 × 1200',
      '/800x600/b.png 800 × 600',
    ]);
  });

  test('lazy images that are not there yet, without a picture, and asks nobody for anything', async () => {
    const body = `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-src="/1600x1200/a.png">
      <img data-srcset="/400x300/b.png 400w, /1600x1200/b.png 1600w"><div style="height:20000px"></div>
      <img loading="lazy" src="/800x600/c.png">`;
    await visit(html(body));
    const asked = origin.hits.length;
    await click();
    const tiles = await inShadow<Shown[]>(page, TILES);
    expect(tiles.map(({ href, size, drawn }) => `${pathOf(href)} ${size} ${drawn}`)).toEqual([
      '/1600x1200/a.png Size unknown false',
      '/1600x1200/b.png 1600 pixels wide false',
      '/800x600/c.png Size unknown false',
    ]);
    expect(origin.hits.slice(asked)).toEqual([]);
  });

  test('backgrounds, the pictures that the head names, and links to image files', async () => {
    const head = `<meta property="og:image" content="/og.jpg"><meta property="og:image:width" content="1200">
      <meta property="og:image:height" content="630"><meta name="twitter:image" content="/twitter.jpg">
      <link rel="image_src" href="/link.jpg">`;
    const body = `<style>#b{width:300px;height:200px;background:url(/800x600/a.png)}i{display:block;width:20px;height:20px;
      background:url(/800x600/b.png)}</style><div id="b"></div><i></i>
      <a href="/file.webp?x">A file</a> <a href="/wiki/File:x.jpg">A page</a> <a href="/page">Here</a>
      <a href="/1600x1200/c.png"><img src="/400x300/c.png"></a>`;
    expect(await offered(html(body, head))).toEqual([
      '/og.jpg 1200 × 630',
      '/1600x1200/c.png Maybe larger than 400 × 300',
      '/800x600/a.png Size unknown',
      '/file.webp?x Size unknown',
      '/twitter.jpg Size unknown',
      '/link.jpg Size unknown',
    ]);
  });

  test('a background that the page has loaded is painted without asking for it again', async () => {
    await visit(html('<div style="width:300px;height:200px;background:url(/800x600/a.png)"></div>'));
    const asked = origin.hits.length;
    await click();
    const painted = `root => root.querySelector('i').style.backgroundImage.includes('/800x600/a.png')`;
    await eventually('it is painted', () => inShadow<boolean>(page, painted));
    await page.screenshot();
    expect(origin.hits.slice(asked)).toEqual([]);
  });

  test('no tiny images, no drawings, each once, and says so when nothing is left', async () => {
    origin.routes['/d.svg'] = {
      headers: { 'content-type': 'image/svg+xml' },
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>',
    };
    const left = '<img src="/1x1/a.png"><img src="/100x400/a.png"><img src="/d.svg">';
    expect(await offered(html(`${left}<img src="/300x300/a.png#1"><img src="/300x300/a.png">`))).toEqual([
      '/300x300/a.png 300 × 300',
    ]);
    await page.context().close();
    expect(await offered(html(left))).toEqual([]);
    expect(await inShadow(page, 'root => root.textContent')).toContain('no image here');
    expect(await inShadow(page, 'root => root.activeElement.textContent')).toBe('Close');
  });

  test('no names, passwords or fragments of addresses', async () => {
    const secret = `${origin.url.replace('//', '//me:secret@')}/photo.png#key`;
    await visit(html(`<a href="${secret}">Photo</a>`));
    await page.evaluate('location.hash = "private"');
    await click();
    const [tile] = await inShadow<Shown[]>(page, TILES);
    expect(pickOf(tile?.href ?? '')).toMatchObject({ url: `${origin.url}/photo.png`, page_url: `${origin.url}/page` });
  });

  test('that a file behind a thumbnail may be larger than what is shown, by as much as nobody knows', async () => {
    await visit(html('<a href="/1600x1200/a.png"><img src="/400x300/a.png" alt="A"></a>'));
    await click();
    expect((await inShadow<Shown[]>(page, TILES))[0]?.size).toBe('Maybe larger than 400 × 300');
  });

  test('that the page asks not to pass its pictures on', async () => {
    await visit(html(ONE, '<meta name="pinterest" content="nopin">'));
    await click();
    const [tile] = await inShadow<Shown[]>(page, TILES);
    expect(pickOf(tile?.href ?? '')?.nopin).toBe(true);
  });
});

const PAGES: [string, Route, string][] = [
  ['an ordinary page', html(ONE), '/400x300/a.png 400 × 300'],
  ['the strictest policy', html(ONE, '', STRICT), '/400x300/a.png 400 × 300'],
  [
    'a policy that forbids even images',
    html('<a href="/x.png">x</a>', '', {
      'content-security-policy': "default-src 'none'; require-trusted-types-for 'script'",
    }),
    '/x.png Size unknown',
  ],
  ['replaced prototypes and globals', html(HOSTILE + ONE), '/400x300/a.png 400 × 300'],
  [
    'elements named like methods',
    html(`<form><input name="querySelectorAll"></form><img name="body"><img name="createElement">
      <img name="createElementNS"><img name="title"><img id="URL"><img name="documentElement">${ONE}`),
    '/400x300/a.png 400 × 300',
  ],
  [
    'styles that undo everything',
    html(
      ONE,
      '<style>* { all: unset !important } html > div { display: none !important; visibility: hidden !important }</style>',
    ),
    '/400x300/a.png 400 × 300',
  ],
  [
    'quirks mode',
    { headers: { 'content-type': 'text/html' }, body: `<title>Old</title><table><td>${ONE}</table>` },
    '/400x300/a.png 400 × 300',
  ],
  [
    'XHTML',
    {
      headers: { 'content-type': 'application/xhtml+xml' },
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Strict</title></head><body>${ONE.replace('>', '/>')}</body></html>`,
    },
    '/400x300/a.png 400 × 300',
  ],
  [
    'frames instead of a body',
    {
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>Old</title></head><frameset cols="50%,50%"><frame src="/inner"><frame src="/inner"></frameset></html>',
    },
    '/400x300/a.png 400 × 300',
  ],
  [
    'a trap for keys',
    html(`${ONE}<script>for (const type of ['keydown', 'keyup', 'keypress'])
      window.addEventListener(type, (event) => event.stopImmediatePropagation(), true);</script>`),
    '/400x300/a.png 400 × 300',
  ],
  [
    'a sandbox of its own',
    html(ONE, '', { 'content-security-policy': 'sandbox allow-scripts allow-popups' }),
    '/400x300/a.png 400 × 300',
  ],
  [
    'an open modal dialog that holds the focus',
    html(`${ONE}<dialog><button>In the dialog</button></dialog><script>
      const dialog = document.querySelector('dialog');
      dialog.showModal();
      document.addEventListener('focusin', (event) => dialog.contains(event.target) || dialog.querySelector('button').focus());
      for (const type of ['click', 'keyup']) document.addEventListener(type, () => dialog.close());
      </script>`),
    '/400x300/a.png 400 × 300',
  ],
  [
    'an open popover',
    html(`${ONE}<div popover>Menu</div><script>document.querySelector('[popover]').showPopover()</script>`),
    '/400x300/a.png 400 × 300',
  ],
];

describe.each(PAGES)('on a page with %s', (_name, route, tile) => {
  /** All that could have been left behind. */
  const state = async (): Promise<unknown> => ({
    text: await documentText(page),
    listeners: await listenersOf(page),
    globals: await globalsOf(page),
    rest: await inDocument(
      page,
      `d => [scrollX, scrollY, d.activeElement.outerHTML, d.adoptedStyleSheets.length, d.querySelectorAll(':modal, :popover-open').length]`,
    ),
  });

  test('the picker can be used, and Escape, its button and a second click each leave the page as it was', async () => {
    await visit(route, { viewport: { width: 800, height: 200 } });
    await inDocument(page, 'd => scrollTo(0, 40)');
    const before = await state();
    await click();
    expect((await inShadow<Shown[]>(page, TILES)).map(({ href, size }) => `${pathOf(href)} ${size}`)).toEqual([tile]);
    expect(await inShadow(page, IN_REACH)).toBe(true);
    await page.keyboard.press('Escape');
    await gone();
    expect(await state()).toEqual(before);

    await click();
    await clickBookmarklet(page, bookmarklet);
    await gone();
    expect(await state()).toEqual(before);

    await click();
    const { x, y } = await inShadow<{ x: number; y: number }>(page, CLOSE_BUTTON);
    await page.mouse.click(x, y);
    await gone();
    expect(await state()).toEqual(before);
  });
});

/** Whether the tile has the focus and really lies on top, where a click would reach it. */
const IN_REACH = `root => {
  const tile = root.querySelector('a');
  const { x, y, width, height } = tile.getBoundingClientRect();
  return root.activeElement === tile && width > 100 && height > 50 && tile.contains(root.elementFromPoint(x + width - 20, y + 20));
}`;
const CLOSE_BUTTON = `root => {
  const { x, y, width, height } = root.querySelector('button').getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}`;

describe('with the picker open', () => {
  test('the keyboard goes through the tiles and the close button and never into the page', async () => {
    await visit(html(`<button>Page</button>${ONE}<img src="/800x600/a.png" alt="Two">`, '', STRICT));
    await click();
    const focused = 'root => root.activeElement?.textContent ?? "nothing"';
    const seen: string[] = [];
    for (let presses = 0; presses < 9; presses += 1) {
      seen.push(await inShadow<string>(page, focused));
      await page.keyboard.press('Tab');
    }
    expect(seen.slice(0, 2)).toEqual(['Two800 × 600', 'One400 × 300']);
    expect(seen.slice(2, 5).join(' ')).toMatch(/Any size.*Any type.*/);
    expect(seen).toContain('Close');
    expect(await inDocument(page, 'd => d.activeElement.localName')).not.toBe('button');
    expect(
      await inShadow(page, "root => [root.querySelector('dialog').role, root.querySelector('dialog').ariaLabel]"),
    ).toEqual(['dialog', 'Pick an image for Bowerbird']);
  });

  test('Enter on a tile opens the form in a new tab, without an opener', async () => {
    await visit(html(ONE, '', STRICT));
    await click();
    const opened = page.context().waitForEvent('request', (request) => request.url().startsWith(SITE));
    await page.keyboard.press('Enter');
    const request = await opened;
    expect(request.url().split('#')[0]).toBe(`${SITE}/images/create/`);
    expect(request.headers()['referer']).toBeUndefined();
  });

  test('the page hears nothing of what is typed and clicked', async () => {
    await visit(
      html(`${ONE}<script>heard = [];
        for (const type of ['keydown', 'keyup', 'click', 'mousedown', 'focusin'])
          document.addEventListener(type, () => heard.push(type));</script>`),
    );
    await click();
    await page.keyboard.press('j');
    await page.keyboard.press('Tab');
    const { x, y } = await inShadow<{ x: number; y: number }>(page, CLOSE_BUTTON);
    await page.mouse.move(x - 200, y);
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.press('Escape');
    await gone();
    expect(await page.evaluate('heard')).toEqual([]);
  });

  test('the focus comes back to where it was', async () => {
    await visit(html(`<button>First</button><button id="mine">Mine</button>${ONE}`));
    await page.focus('#mine');
    await click();
    await page.keyboard.press('Escape');
    await gone();
    expect(await page.evaluate('document.activeElement.id')).toBe('mine');
  });
});

test('an image by itself can be picked', async () => {
  page = await openPage(browser);
  await page.goto(`${origin.url}/800x600/a.png`);
  const before = await documentText(page);
  await click();
  const tiles = await inShadow<Shown[]>(page, TILES);
  expect(tiles.map(({ href, size }) => `${pathOf(href)} ${size}`)).toEqual(['/800x600/a.png 800 × 600']);
  await page.keyboard.press('Escape');
  await gone();
  expect(await documentText(page)).toBe(before);
});

test('two thousand images are there soon after the click', async () => {
  const bytes = (await picture(300, 300)).toString('base64');
  const images = Array.from(
    { length: 2000 },
    (_, at) => `<img src="data:image/png;at=${at};base64,${bytes}" width="30">`,
  );
  await visit(html(images.join('')));
  const start = performance.now();
  await click();
  expect(performance.now() - start).toBeLessThan(8000);
  expect(await inShadow(page, "root => root.querySelectorAll('li a').length")).toBe(2000);
});
