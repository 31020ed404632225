import { CHECK_UP, SURGERY } from '../src/lib/pick/doctor.ts';
import type { Page } from './realm.ts';

/**
 * On the site's own page about the bookmarklet, and nowhere else, tells the page which version was clicked. Answers
 * whether the page has taken it; then there is nothing to pick.
 */
export function answersDoctor(page: Page, site: string, version: string): boolean {
  if (location.origin !== site || location.pathname.replace(/\/$/, '') !== SURGERY) return false;
  const event = new page.natives.CustomEvent(CHECK_UP, { detail: version, cancelable: true });
  return !page.dispatch(window, event);
}
