import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  id: string;
  nodes: { target: unknown[] }[];
}

const named = (violations: Violation[]): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));

/** What axe finds, as `rule: element`; it stays in the page for the next question. */
async function faults(page: Page): Promise<string[]> {
  const options = { runOnly: RULES, resultTypes: ['violations'] };
  const axe = new AxeBuilder({ page }).setLegacyMode().options(options as object);
  return named((await axe.analyze()).violations);
}

const paleInks = async (page: Page) =>
  named(
    await page.evaluate<Violation[]>(
      `axe.run(document, { runOnly: ['color-contrast'], resultTypes: ['violations'] }).then(({ violations }) => violations)`,
    ),
  );

/**
 * WCAG 2.2 AA by all of axe in the light; in the dark, where rules stay and values change, by the contrast of all text; and
 * nothing is wider than the window.
 */
export async function expectGood(page: Page): Promise<void> {
  const found: Record<string, string[]> = {};
  // Without motion, or a colour on its way from dark to light is taken for one that is too pale.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  found['light'] = await faults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  found['dark'] = await paleInks(page);
  for (const width of [320, 360, 768, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    found[`${width}`] = over > 0 ? [`${over} px too wide`] : [];
  }
  const none = Object.fromEntries(Object.keys(found).map((name) => [name, []]));
  expect({ at: page.url(), ...found }).toEqual({ at: page.url(), ...none });
}
