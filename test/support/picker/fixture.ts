import type { Route } from '../origin.ts';

/** A page written for the picker, with everything that it must offer, in order; what is not named it must not offer. */
export interface Fixture {
  name: string;
  route: Route;
  /** Address (without the origin) and size: `/a.png 800x600`, `/b.png 1600w` (height unknown), `/c.png ?`. */
  offers: readonly string[];
  /** What else the page needs, by path. */
  more: Record<string, Route>;
}

interface Extras {
  head?: string;
  headers?: Record<string, string>;
  more?: Record<string, Route>;
  /** The whole document, where it is not HTML5. */
  route?: Route;
}

/** What a page answers with: the picker must work under all of it. */
export const STRICT = {
  'content-security-policy':
    "default-src 'none'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'",
};

export const html = (body: string, head = '', headers: Record<string, string> = {}): Route => ({
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`,
});

export const fixture = (name: string, body: string, offers: readonly string[], extras: Extras = {}): Fixture => ({
  name,
  route: extras.route ?? html(body, extras.head, extras.headers),
  offers,
  more: extras.more ?? {},
});

/** An image that is nothing: what stands in until the real one comes. */
export const BLANK = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';
