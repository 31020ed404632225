import type { Fixture } from './fixture.ts';
import { fixture, html, STRICT } from './fixture.ts';

const ONE = '<img src="/400x300/a.png">';
const OFFERED = ['/400x300/a.png 400x300'];
const plain = (body: string, type = 'text/html'): { headers: Record<string, string>; body: string } => ({
  headers: { 'content-type': type },
  body,
});

/** Where images are: shadow roots, frames, old and strict and hostile documents. */
export const PLACES: readonly Fixture[] = [
  fixture(
    'an open shadow root',
    '<x-card></x-card><script>document.querySelector("x-card").attachShadow({mode:"open"}).innerHTML = `<img src="/400x300/a.png">`</script>',
    OFFERED,
  ),
  fixture(
    'a shadow root inside another',
    '<div><template shadowrootmode="open"><section><template shadowrootmode="open"><img src="/400x300/a.png"></template></section></template></div>',
    OFFERED,
  ),
  fixture(
    'a closed shadow root',
    `${ONE}<div><template shadowrootmode="closed"><img src="/800x600/a.png"></template></div>`,
    OFFERED,
  ),
  fixture(
    'a slotted image',
    '<x-frame><template shadowrootmode="open"><slot></slot></template><img src="/400x300/a.png"></x-frame>',
    OFFERED,
  ),
  fixture(
    'a frame of the same site',
    '<iframe src="/in/frame" width="500" height="400"></iframe>',
    ['/in/b.jpg ?', '/400x300/a.png 400x300'].reverse(),
    {
      more: { '/in/frame': html(`<img src="../400x300/a.png"><img data-src="b.jpg">`) },
    },
  ),
  fixture('a frame in a frame', '<iframe src="/outer" width="500" height="400"></iframe>', OFFERED, {
    more: { '/outer': html('<iframe src="/inner" width="450" height="350"></iframe>'), '/inner': html(ONE) },
  }),
  fixture(
    'a frame written into the page',
    '<iframe srcdoc="&lt;img src=/400x300/a.png&gt;" width="500" height="400"></iframe>',
    OFFERED,
  ),
  fixture('a frame of another site', `<iframe src="OTHER/frame" width="500" height="400"></iframe>${ONE}`, OFFERED, {
    more: { '/frame': html('<img src="/800x600/a.png">') },
  }),
  fixture('a sandboxed frame', `<iframe sandbox src="/frame" width="500" height="400"></iframe>${ONE}`, OFFERED, {
    more: { '/frame': html('<img src="/800x600/a.png">') },
  }),
  fixture('a hidden frame', `<iframe src="/frame" width="0" height="0" style="border:0"></iframe>${ONE}`, OFFERED, {
    more: { '/frame': html('<img src="/800x600/a.png">') },
  }),
  fixture('a frameset', '', OFFERED, {
    route: plain(
      '<html><head><title>Old</title></head><frameset cols="50%,50%"><frame src="/left"><frame src="/right"></frameset></html>',
    ),
    more: { '/left': html('Menu'), '/right': html(ONE) },
  }),
  fixture('quirks mode', '', OFFERED, { route: plain(`<title>Old</title><center><table><td>${ONE}</table>`) }),
  fixture('XHTML', '', OFFERED, {
    route: plain(
      '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Strict</title></head><body><img src="/400x300/a.png" alt=""/></body></html>',
      'application/xhtml+xml',
    ),
  }),
  fixture('the strictest policy', ONE, OFFERED, { headers: STRICT }),
  fixture('a policy against everything', '<a href="/x.png">x</a>', ['/x.png ?'], {
    headers: { 'content-security-policy': "default-src 'none'" },
  }),
  fixture('a document that is sandboxed itself', ONE, OFFERED, {
    headers: { 'content-security-policy': 'sandbox allow-scripts allow-popups' },
  }),
  fixture('styles that undo everything', ONE, OFFERED, {
    head: '<style>* { all: unset !important } html > div { display: none !important }</style>',
  }),
  fixture(
    'elements named like methods',
    `<form><input name="querySelectorAll"><input name="attributes"></form><img name="body"><img name="createElement"><img id="URL">${ONE}`,
    OFFERED,
  ),
  fixture(
    'prototypes and globals that were replaced',
    `<script>const broken = () => { throw new Error('replaced'); };
      for (const name of ['map', 'filter', 'forEach', 'indexOf', 'includes', 'slice', 'find']) Array.prototype[name] = broken;
      for (const name of ['getAttribute', 'hasAttribute', 'getBoundingClientRect', 'closest']) Element.prototype[name] = broken;
      CSSStyleDeclaration.prototype.getPropertyValue = broken; JSON.parse = broken; Array.isArray = broken;
      for (const name of ['localName', 'shadowRoot', 'children']) Object.defineProperty(Element.prototype, name, { get: broken });
      URL = Map = Set = Event = CustomEvent = JSON = 'taken';</script>${ONE}`,
    OFFERED,
  ),
  fixture(
    'an open modal dialog',
    `<dialog>${ONE}<button>x</button></dialog><script>document.querySelector('dialog').showModal()</script>`,
    OFFERED,
  ),
  fixture('an address in a language of its own', '<img src="/\u00fc/b\u00e4r.png" width="300" height="300">', [
    '/%C3%BC/b%C3%A4r.png 300x300',
  ]),
  fixture('addresses with passwords and fragments', '<a href="http://me:secret@127.0.0.1/p.png#key">x</a>', [
    'http://127.0.0.1/p.png ?',
  ]),
  fixture('an address of ten kilobytes', `<a href="/${'x'.repeat(10_000)}.png">x</a>${ONE}`, OFFERED),
  fixture(
    'addresses of schemes that are not of the web',
    `<img src="ftp://a.example/x.png"><img src="chrome://x/y.png"><img src="data:text/plain,x">${ONE}`,
    OFFERED,
  ),
];
