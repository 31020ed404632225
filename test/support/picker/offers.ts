import type { Page } from 'playwright-core';
import { decodePick } from '../../../src/lib/pick/fragment.ts';
import { clickBookmarklet, eventually, hasShadow, inDocument, inShadow } from '../chromium.ts';
import type { Origin } from '../origin.ts';
import { picture } from './pictures.ts';
import type { Fixture } from './fixture.ts';
import { IMAGES } from './images.ts';
import { NAMED } from './named.ts';
import { PAINTED } from './painted.ts';
import { PLACES } from './places.ts';

export const FIXTURES: readonly Fixture[] = [...IMAGES, ...PAINTED, ...NAMED, ...PLACES];

export interface Shown {
  href: string;
  size: string;
  name: string;
  drawn: boolean;
}

/** The tiles, seen from inside the picker's root. */
export const TILES = `root => [...root.querySelectorAll('li a')].map((a) => ({
  href: a.href, size: a.querySelector('small').textContent, name: a.querySelector('b').textContent,
  drawn: a.querySelector('canvas') !== null }))`;

const IS_OPEN = "root => root.querySelector('dialog')?.open === true";

/** Opens a fixture, with its images loaded. */
export async function visitFixture(page: Page, origin: Origin, other: Origin, fixture: Fixture): Promise<void> {
  const routes = { ...fixture.more, '/page': fixture.route };
  for (const [path, route] of Object.entries(routes)) {
    origin.routes[path] = await filled(route, other);
    other.routes[path] ??= origin.routes[path] ?? '';
  }
  await page.goto(`${origin.url}/page`, { waitUntil: 'load' });
  if (JSON.stringify(fixture.route).includes('name=\\"wait\\"'))
    await eventually('the page is ready', async () => (await page.title()) === 'ready');
}

/** Two frames later what the browser asked for on a guess while it read the page, and did not need, has arrived too. */
export const settled = (page: Page): Promise<number> =>
  inDocument<number>(page, '() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');

async function filled(route: Fixture['route'], other: Origin): Promise<Fixture['route']> {
  if (typeof route !== 'object' || Buffer.isBuffer(route) || typeof route.body !== 'string') return route;
  let { body } = route;
  for (const [mark, width = '', height = ''] of body.matchAll(/DATA_(\d+)x(\d+)/g)) {
    const bytes = await picture(Number(width), Number(height));
    body = body.replace(mark, `data:image/png;base64,${bytes.toString('base64')}`);
  }
  return { ...route, body: body.replaceAll('OTHER', other.url) };
}

/** Clicks the bookmarklet and answers what is offered, as fixtures write it. */
export async function offersOn(page: Page, bookmarklet: string, origin: Origin, other: Origin): Promise<string[]> {
  await clickBookmarklet(page, bookmarklet);
  await eventually('the picker opens', async () => (await hasShadow(page)) && inShadow(page, IS_OPEN));
  return (await inShadow<Shown[]>(page, TILES)).map(
    ({ href, size }) => `${addressIn(href, origin, other)} ${short(size)}`,
  );
}

function addressIn(href: string, origin: Origin, other: Origin): string {
  const url = decodePick(new URL(href).hash)?.url ?? 'nothing';
  if (url.startsWith('data:')) return url.slice(0, url.indexOf(';'));
  return url.replace(origin.url, '').replace(other.url, 'OTHER');
}

function short(size: string): string {
  const [, width, height] = /^(\d+) × (\d+)/.exec(size) ?? [];
  if (width) return `${width}x${height}`;
  return size.endsWith('pixels wide') ? `${parseInt(size, 10)}w` : '?';
}
