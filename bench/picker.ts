// The picker beside a naive one that looks at document.images alone, in the same browser and run: milliseconds from the click
// until the tiles are on the page, the bytes of its address, and how many of the fixture pages each gets right.
// `node dist/bench/picker.js [images] [rounds]`; exit code 1 where the picker takes more than three times as long.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bookmarkletHref, pickerSource } from '../src/lib/pick/link.ts';
import { builtDir } from '../src/lib/root.ts';
import {
  clickBookmarklet,
  closeChromium,
  eventually,
  hasShadow,
  inDocument,
  launchChromium,
  openPage,
} from '../test/support/chromium.ts';
import { startOrigin } from '../test/support/origin.ts';
import { FIXTURES, offersOn, visitFixture } from '../test/support/picker/offers.ts';
import { addPictures, picture } from '../test/support/picker/pictures.ts';
import { html } from '../test/support/picker/fixture.ts';
import { machine, median } from './support/report.ts';

const GOAL = 3;
const SITE = 'https://bowerbird.example';
const [images = 2000, rounds = 9] = process.argv.slice(2).map(Number);
const text = readFileSync(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8');
const bookmarklet = bookmarkletHref(text, SITE);

const say = (line: string) => process.stdout.write(`${line}\n`);

/** What most bookmarklets do: every `<img>` as a link to the form with a copy of the image in it, largest first. */
const NAIVE = `(() => {
  const box = document.createElement('div');
  box.id = 'naive';
  box.style.cssText = 'position:fixed;inset:0;overflow:auto;background:#fff;z-index:2147483647;display:flex;flex-wrap:wrap;gap:8px';
  const sorted = [...document.images].sort((a, b) => b.naturalWidth * b.naturalHeight - a.naturalWidth * a.naturalHeight);
  for (const image of sorted) {
    const link = document.createElement('a');
    link.href = '${SITE}/images/create?title=' + encodeURIComponent(document.title) + '&url=' + encodeURIComponent(image.src);
    link.target = '_blank';
    const copy = document.createElement('img');
    copy.src = image.src;
    copy.width = 160;
    link.append(copy, image.naturalWidth + ' x ' + image.naturalHeight);
    box.append(link);
  }
  document.body.append(box);
})()`;

/** Milliseconds until the frame with the tiles in it has been drawn. */
const timed = (page: Page, script: string): Promise<number> =>
  page.evaluate<number>(`new Promise((done) => {
    const began = performance.now();
    ${script};
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  })`);

async function shareOfTime(page: Page): Promise<number> {
  const ratios: number[] = [];
  const [ours, theirs]: [number[], number[]] = [[], []];
  const script = pickerSource(text, SITE);
  for (let round = 0; round <= rounds; round += 1) {
    const naive = await timed(page, NAIVE);
    await page.evaluate("document.getElementById('naive').remove()");
    const mine = await timed(page, script);
    await clickBookmarklet(page, bookmarklet);
    await eventually('the picker closes', async () => !(await hasShadow(page)));
    // The first round warms both up.
    if (round === 0) continue;
    theirs.push(naive);
    ours.push(mine);
    ratios.push(mine / naive);
  }
  const ratio = median(ratios);
  const figures = `the picker ${median(ours).toFixed(0)} ms, the naive one ${median(theirs).toFixed(0)} ms`;
  say(
    `${images} images: ${figures}, ${ratio.toFixed(2)} times as long (${ratio > GOAL ? 'ABOVE' : 'at most'} ${GOAL})`,
  );
  return ratio;
}

/** Which pages each gets right: exactly what is wanted, in order; for the naive one the addresses suffice. */
async function compareFixtures(page: Page): Promise<void> {
  delete origin.routes['*'];
  const sizes = ['1600x1200', '800x600', '400x300', '300x300', '123x400', '64x64', '1x1'];
  await addPictures(origin, sizes);
  await addPictures(other, sizes);
  const right = { ours: 0, naive: 0 };
  for (const fixture of FIXTURES) {
    await visitFixture(page, origin, other, fixture);
    const wanted = fixture.offers.map((offer) => offer.split(' ')[0] ?? '');
    // In a world of its own: pages have replaced what a script of theirs would use.
    const sources = await inDocument<string[]>(page, 'd => Array.from(d.images, (image) => image.src)');
    const seen = sources.map((source) =>
      source
        .replace(origin.url, '')
        .replace(other.url, 'OTHER')
        .replace(/^(data:[^;]*).*$/s, '$1'),
    );
    if (JSON.stringify(seen) === JSON.stringify(wanted)) right.naive += 1;
    const offers = await offersOn(page, bookmarklet, origin, other);
    if (JSON.stringify(offers) === JSON.stringify(fixture.offers)) right.ours += 1;
  }
  say(`fixture pages right, of ${FIXTURES.length}: the picker ${right.ours}, the naive one ${right.naive}`);
}

const origin = await startOrigin({});
const other = await startOrigin({});
const browser = await launchChromium();
try {
  say(machine());
  say(`the address: ${bookmarklet.length} bytes`);
  const bytes = await picture(300, 300);
  origin.routes['*'] = { headers: { 'content-type': 'image/png', 'cache-control': 'max-age=600' }, body: bytes };
  const list = Array.from(
    { length: images },
    (_, at) => `<p><img src="/many/${at}.png" width="60" alt="Number ${at}"></p>`,
  );
  origin.routes['/page'] = html(list.join(''));
  const page = await openPage(browser);
  page.setDefaultTimeout(120_000);
  await page.goto(`${origin.url}/page`, { waitUntil: 'load', timeout: 120_000 });
  const share = await shareOfTime(page);
  if (share > GOAL) process.exitCode = 1;

  await compareFixtures(page);
} finally {
  await closeChromium(browser);
  await origin.close();
  await other.close();
}
