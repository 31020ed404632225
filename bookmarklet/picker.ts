/**
 * The bookmarklet: shows every picture of the page it is clicked on as a link that opens Bowerbird with the picture's
 * address, title, page and alt text. It loads nothing and sends nothing, so that no content security policy is in its
 * way, and it leaves the page byte for byte as it found it.
 */
import { isData } from '../src/lib/pick/address.ts';
import { candidates } from '../src/lib/pick/candidates.ts';
import { SECOND_CLICK } from '../src/lib/pick/doctor.ts';
import { encodePage, encodePick, withCopy } from '../src/lib/pick/fragment.ts';
import { typeOf } from '../src/lib/pick/type.ts';
import type { Spot } from './collect.ts';
import { collect } from './collect.ts';
import { copyOf } from './loaded.ts';
import { answersDoctor } from './doctor.ts';
import { openOverlay } from './overlay.ts';
import { provenanceOf, wishesOf } from './provenance.ts';
import type { Page } from './realm.ts';
import { openPage } from './realm.ts';
import type { Tile } from './tile.ts';

/** The site's origin is put in when it serves the bookmarklet. */
const ORIGIN = '__BOWERBIRD__';
/** What this picker is, counted from its text when it is served. */
const VERSION = '__VERSION__';
const KEYS = ['keydown', 'keypress', 'keyup'];

function tilesOf(page: Page): Tile[] {
  const { sightings, spots, drawn } = collect(page);
  const base = page.read<string>('Node', 'baseURI', document);
  const provenance = provenanceOf(page);
  const told = encodePage(provenance);
  const tiles: Tile[] = [];
  for (const candidate of candidates(sightings, base, page.natives.URL)) {
    const pick = {
      ...provenance,
      url: candidate.url,
      seen_url: candidate.seenUrl,
      title: candidate.title || provenance.title,
      alt: candidate.alt,
      creator: candidate.creator || provenance.creator,
      licence: candidate.licence || provenance.licence,
      nopin: provenance.nopin || candidate.nopin,
    };
    const image = drawn[candidate.drawn];
    const href = `${ORIGIN}/images/create/#${encodePick(pick, told)}`;
    tiles.push({
      ...candidate,
      pick,
      type: typeOf(candidate.url),
      href,
      carrying: () => (isData(candidate.url) ? href : withCopy(href, copyOf(page, image))),
      image,
      spots: spotsOf(candidate.seen, spots),
    });
  }
  return tiles;
}

function spotsOf(seen: readonly number[], all: readonly Spot[]): Spot[] {
  const spots: Spot[] = [];
  for (const at of seen) {
    const spot = all[at];
    if (spot) spots.push(spot);
  }
  return spots;
}

function pick(): void {
  const page = openPage();
  if (answersDoctor(page, ORIGIN, VERSION)) return;
  // A picker that is already open closes, and says so by cancelling: no global is needed to know of it.
  const isFirst = page.dispatch(window, new page.natives.Event(SECOND_CLICK, { cancelable: true }));
  if (!isFirst) return;
  let isClosed = false;
  // Whatever has the focus, keys are for the picker: a page's shortcuts must not fire behind it. What the browser
  // itself does with Tab, Enter and the arrows still happens.
  const onKey = (event: Event): void => {
    event.stopImmediatePropagation();
    if (event.type !== 'keydown') return;
    overlay.press(event as KeyboardEvent);
    if (isClosed) page.listen(window, 'keyup', onRelease);
  };
  // Nor must the page take the second half of our Escape for its own.
  const onRelease = (event: Event): void => {
    page.forget(window, 'keyup', onRelease);
    if ((event as KeyboardEvent).key === 'Escape') event.stopImmediatePropagation();
  };
  const onSecondClick = (event: Event): void => {
    event.preventDefault();
    overlay.close();
  };
  const offer = { tiles: tilesOf(page), wishes: wishesOf(page), site: ORIGIN, version: VERSION };
  const overlay = openOverlay(page, offer, () => {
    isClosed = true;
    for (const type of KEYS) page.forget(window, type, onKey);
    page.forget(window, SECOND_CLICK, onSecondClick);
  });
  for (const type of KEYS) page.listen(window, type, onKey);
  page.listen(window, SECOND_CLICK, onSecondClick);
}

pick();
