const HTML = 'http://www.w3.org/1999/xhtml';

/** What is used of a realm. All of it is taken while its frame lives: a frame that has gone has none of it any more. */
const TAKEN = [
  'Array',
  'CSSStyleDeclaration',
  'CSSStyleSheet',
  'CustomEvent',
  'Document',
  'DocumentFragment',
  'Element',
  'Event',
  'EventTarget',
  'HTMLAnchorElement',
  'HTMLAreaElement',
  'HTMLCanvasElement',
  'HTMLElement',
  'HTMLFrameElement',
  'HTMLIFrameElement',
  'HTMLImageElement',
  'JSON',
  'Node',
  'Reflect',
  'URL',
  'getComputedStyle',
] as const;

type Realm = Window & typeof globalThis;
export type Natives = { [Name in (typeof TAKEN)[number]]: Realm[Name] };

/** The page as the picker sees it: through functions that the page cannot have replaced. */
export interface Page {
  /** Constructors and prototypes of a realm that no script of the page has touched. */
  natives: Natives;
  /** An empty document of that realm. Elements made there bring their own, untouched methods along. */
  workshop: Document;
  root: Element;
  all(selector: string): Element[];
  /** An attribute's text, trimmed; empty when it is missing. */
  attribute(element: Element, name: string): string;
  /** A property as the given interface defines it, past anything that the page put in its way. */
  read<Value>(owner: keyof Natives, property: string, of: object): Value;
  listen(target: EventTarget, type: string, listener: (event: Event) => void): void;
  forget(target: EventTarget, type: string, listener: (event: Event) => void): void;
  /** Whether the event went through, that is, was not cancelled. */
  dispatch(target: EventTarget, event: Event): boolean;
  style(element: Element, pseudo?: string): CSSStyleDeclaration;
  /** A computed property by its name in CSS. */
  value(style: CSSStyleDeclaration, property: string): string;
  box(element: Element): DOMRect;
}

/**
 * Pages overwrite `Map`, `URL` or `document.createElement`, by design or by an `<img name="createElement">`. An empty
 * frame that lives for a moment (it loads nothing, and policies do not stop it) gives a clean set of all of them.
 */
function freshRealm(): { natives: Natives; workshop: Document } {
  try {
    const frame = Document.prototype.createElementNS.call(document, HTML, 'iframe') as HTMLIFrameElement;
    const root = Reflect.get(Document.prototype, 'documentElement', document) as Element;
    Node.prototype.appendChild.call(root, frame);
    try {
      const realm = frame.contentWindow as Realm | null;
      if (realm) return { natives: take(realm), workshop: realm.document };
    } finally {
      Node.prototype.removeChild.call(root, frame);
    }
  } catch {
    // A sandboxed page, or one that guards its tree: then its own realm must do.
  }
  return { natives: take(window), workshop: document };
}

function take(realm: Realm): Natives {
  const natives: Partial<Record<keyof Natives, unknown>> = {};
  for (const name of TAKEN) natives[name] = realm[name];
  return natives as Natives;
}

export function openPage(): Page {
  const { natives, workshop } = freshRealm();
  const { Array, Document, Element, EventTarget, Reflect } = natives;
  const read = <Value>(owner: keyof Natives, property: string, of: object): Value =>
    Reflect.get((natives[owner] as { prototype: object }).prototype, property, of) as Value;
  return {
    natives,
    workshop,
    root: read<Element>('Document', 'documentElement', document),
    all: (selector) => Array.from(Document.prototype.querySelectorAll.call(document, selector)),
    attribute: (element, name) => (Element.prototype.getAttribute.call(element, name) ?? '').trim(),
    read,
    listen: (target, type, listener) => EventTarget.prototype.addEventListener.call(target, type, listener, true),
    forget: (target, type, listener) => EventTarget.prototype.removeEventListener.call(target, type, listener, true),
    dispatch: (target, event) => EventTarget.prototype.dispatchEvent.call(target, event),
    style: (element, pseudo) => natives.getComputedStyle.call(window, element, pseudo),
    value: (style, property) => natives.CSSStyleDeclaration.prototype.getPropertyValue.call(style, property),
    box: (element) => Element.prototype.getBoundingClientRect.call(element),
  };
}
