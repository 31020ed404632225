/**
 * The bookmarklet: shows every picture of the page it is clicked on as a link that opens Bowerbird with the picture's
 * address, title, page and alt text. It loads nothing and sends nothing, so that no content security policy is in its
 * way, and it leaves the page byte for byte as it found it.
 */
import { candidates } from '../src/lib/pick/candidates.ts';
import { encodePick } from '../src/lib/pick/fragment.ts';
import { collect } from './collect.ts';
import { openOverlay } from './overlay.ts';
import { provenanceOf } from './provenance.ts';
import type { Page } from './realm.ts';
import { openPage } from './realm.ts';
import type { Tile } from './tile.ts';

/** The site's origin is put in when it serves the bookmarklet. */
const ORIGIN = '__BOWERBIRD__';
/** Asks a picker that is already open to close, and to say so by cancelling: no global is needed to know of it. */
const SECOND_CLICK = 'bowerbird-close';
const KEYS = ['keydown', 'keypress', 'keyup'];

function tilesOf(page: Page): Tile[] {
  const { sightings, drawn } = collect(page);
  const base = page.read<string>('Node', 'baseURI', document);
  const provenance = provenanceOf(page);
  const tiles: Tile[] = [];
  for (const candidate of candidates(sightings, base, page.natives.URL)) {
    const fragment = encodePick({
      ...provenance,
      url: candidate.url,
      seen_url: candidate.seenUrl,
      title: candidate.title || provenance.title,
      alt: candidate.alt,
      nopin: provenance.nopin || candidate.nopin,
    });
    tiles.push({ ...candidate, href: `${ORIGIN}/images/create/#${fragment}`, image: drawn[candidate.drawn] });
  }
  return tiles;
}

function pick(): void {
  const page = openPage();
  const isFirst = page.dispatch(window, new page.natives.Event(SECOND_CLICK, { cancelable: true }));
  if (!isFirst) return;
  // Whatever has the focus, keys are for the picker: a page's shortcuts must not fire behind it. What the browser
  // itself does with Tab, Enter and the arrows still happens.
  const onKey = (event: Event): void => {
    event.stopImmediatePropagation();
    if ((event as KeyboardEvent).key !== 'Escape' || event.type !== 'keydown') return;
    event.preventDefault();
    page.listen(window, 'keyup', onRelease);
    close();
  };
  // Nor must the page take the second half of our Escape for its own.
  const onRelease = (event: Event): void => {
    page.forget(window, 'keyup', onRelease);
    if ((event as KeyboardEvent).key === 'Escape') event.stopImmediatePropagation();
  };
  const onSecondClick = (event: Event): void => {
    event.preventDefault();
    close();
  };
  const close = openOverlay(page, tilesOf(page), () => {
    for (const type of KEYS) page.forget(window, type, onKey);
    page.forget(window, SECOND_CLICK, onSecondClick);
  });
  for (const type of KEYS) page.listen(window, type, onKey);
  page.listen(window, SECOND_CLICK, onSecondClick);
}

pick();
