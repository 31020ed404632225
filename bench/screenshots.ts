// Every page as people see it: at three widths, in light and dark, full length, for whoever wants to look at them one by one.
// `npm run screenshots [folder of pictures]` writes into `screenshots/`, which no commit takes along.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { routes } from '../src/routes.ts';
import { json, memberPage, saveFrom } from '../test/browser/members.ts';
import { closeChromium, launchChromium, openPage } from '../test/support/chromium.ts';
import { picture } from '../test/support/pictures.ts';
import { startProcess } from '../test/support/process.ts';

const OUT = 'screenshots';
const WIDTHS = [360, 768, 1440];
const SCHEMES = ['light', 'dark'] as const;
const [photos] = process.argv.slice(2);

/** The photographs of a folder; without one, drawn pictures of several shapes. */
function* finds(): Generator<[title: string, bytes: Promise<Buffer>]> {
  const names = photos ? readdirSync(photos).filter((name) => /\.(jpe?g|png|webp|gif|avif)$/i.test(name)) : [];
  for (const name of names) yield [name.replace(/\.\w+$/, ''), Promise.resolve(readFileSync(join(photos ?? '', name)))];
  const shapes = [300, 420, 200, 300, 500];
  for (let seed = 1; names.length === 0 && seed <= 20; seed += 1)
    yield [`Number ${seed}`, picture({ width: 400, height: shapes[seed % shapes.length] ?? 300, seed })];
}

/** Every page that the table of routes has, for an image and a member that are there. */
async function addresses(page: Page): Promise<string[]> {
  const { images } = await json<{ images: { id: number }[] }>(page, '/images');
  const id = String(images[0]?.id);
  const real = { ':id{/:slug}': id, ':id': id, ':username': 'bea', ':slug': 'blue' };
  return routes
    .filter(({ method, path }) => method === 'GET' && !/z$|\.js$|media|download|feed|manifest|oembed|file$/.test(path))
    .map(({ path }) => Object.entries(real).reduce((filled, [name, value]) => filled.replaceAll(name, value), path))
    .filter((path) => !path.includes(':'));
}

async function shoot(page: Page, base: string, path: string, who: string): Promise<void> {
  const answer = await page.goto(base + path);
  if (!answer?.headers()['content-type']?.startsWith('text/html')) return;
  const name = `${who}${path.replaceAll('/', '-')}`.replace(/-$/, '');
  for (const colorScheme of SCHEMES)
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      await page.evaluate('Promise.all([...document.images].map((image) => image.decode().catch(() => {})))');
      await page.screenshot({ path: join(OUT, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
}

const site = await startProcess({ NODE_ENV: 'development' });
const { keyHash } = await site.authority();
const browser = await launchChromium({ trustedKeys: [keyHash] });
try {
  mkdirSync(OUT, { recursive: true });
  const member = await memberPage(browser, site, 'bea');
  for (const [title, bytes] of finds())
    await saveFrom(member, await bytes, {
      title,
      visibility: 'public',
      tags: 'blue, found',
      caption: 'Seen on a walk.',
    });
  for (const path of await addresses(member)) await shoot(member, site.base, path, 'member');
  const visitor = await openPage(browser);
  for (const path of ['/', '/account/login', '/account/register', '/people/bea', '/offline', '/no-such-page'])
    await shoot(visitor, site.base, path, 'visitor');
  process.stdout.write(`${readdirSync(OUT).length} pictures are in ${OUT}/\n`);
} finally {
  await closeChromium(browser);
  await site.end();
}
