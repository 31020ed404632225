import type { Page } from './realm.ts';

/** One tree of elements: the page, the document of a frame, or what an element shows out of an open shadow root. */
export interface Scope {
  elements: Element[];
  /** Where relative addresses start from; empty where that is the page's own. */
  base: string;
  /** The frames around it, the outermost first. */
  frames: Element[];
}

const DEEPEST = 8;
/** Elements that can have no shadow root, and that pages have many of. */
const PLAIN =
  /^(?:img|a|li|ul|source|picture|td|tr|br|script|link|meta|path|g|svg|use|input|button|label|option|time|i|b)$/;

/** All that can be seen into from the page: itself, open shadow roots, and frames of the same origin. */
export function scopesOf(page: Page): Scope[] {
  const scopes: Scope[] = [];
  const { Array, Document, DocumentFragment } = page.natives;
  const enter = (elements: Element[], base: string, frames: Element[], depth: number): void => {
    scopes.push({ elements, base, frames });
    if (depth >= DEEPEST) return;
    for (const element of elements) {
      const name = page.read<string>('Element', 'localName', element);
      if (name === 'iframe' || name === 'frame') {
        const inside = documentIn(page, element, name);
        if (!inside) continue;
        const all = Array.from(Document.prototype.querySelectorAll.call(inside, '*'));
        enter(all, page.read<string>('Node', 'baseURI', inside), [...frames, element], depth + 1);
      } else if (!PLAIN.test(name)) {
        const root = page.read<ShadowRoot | null>('Element', 'shadowRoot', element);
        if (root)
          enter(Array.from(DocumentFragment.prototype.querySelectorAll.call(root, '*')), base, frames, depth + 1);
      }
    }
  };
  enter(page.all('*'), '', [], 0);
  return scopes;
}

/** The document of a frame that can be seen, where the page may look into it. */
function documentIn(page: Page, frame: Element, name: 'iframe' | 'frame'): Document | null {
  const { width, height } = page.box(frame);
  if (width < 2 || height < 2) return null;
  const owner = name === 'frame' ? 'HTMLFrameElement' : 'HTMLIFrameElement';
  return page.read<Document | null>(owner, 'contentDocument', frame);
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where an element lies in the page's own view, however many frames it is inside of. */
export function boxOf(page: Page, element: Element, frames: readonly Element[]): Box {
  const box = page.box(element);
  let { x, y } = box;
  for (const frame of frames) {
    const around = page.box(frame);
    x += around.x + page.read<number>('Element', 'clientLeft', frame);
    y += around.y + page.read<number>('Element', 'clientTop', frame);
  }
  return { x, y, width: box.width, height: box.height };
}
