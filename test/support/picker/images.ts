import type { Fixture } from './fixture.ts';
import { BLANK, fixture } from './fixture.ts';

/** Images as elements: files, sizes, and what a script is going to put there. */
export const IMAGES: readonly Fixture[] = [
  fixture('one image', '<img src="/800x600/a.png">', ['/800x600/a.png 800x600']),
  fixture(
    'three images, smallest first',
    '<img src="/300x300/a.png"><img src="/400x300/a.png"><img src="/800x600/a.png">',
    ['/800x600/a.png 800x600', '/400x300/a.png 400x300', '/300x300/a.png 300x300'],
  ),
  fixture('the same image twice', '<img src="/400x300/a.png"><p><img src="/400x300/a.png#x">', [
    '/400x300/a.png 400x300',
  ]),
  fixture(
    'widths in a srcset',
    '<img src="/400x300/a.png" srcset="/400x300/a.png 400w, /1600x1200/a.png 1600w" sizes="200px">',
    ['/1600x1200/a.png 1600x1200'],
  ),
  fixture('densities in a srcset', '<img src="/400x300/a.png" srcset="/800x600/a.png 2x, /1600x1200/a.png 4x">', [
    '/1600x1200/a.png 1600x1200',
  ]),
  fixture(
    'commas inside the addresses of a srcset',
    '<img src="/400x300/a.png" srcset="/400x300/b,1.png 400w, /1600x1200/b,2.png 1600w" sizes="1px">',
    ['/1600x1200/b,2.png 1600w'],
  ),
  fixture(
    'a picture with sources by width of the window',
    `<picture><source media="(min-width: 5000px)" srcset="/1600x1200/a.png 1600w"><source srcset="/800x600/a.png 800w">
      <img src="/400x300/a.png"></picture>`,
    ['/1600x1200/a.png 1600x1200'],
  ),
  fixture(
    'a picture with a format that the site cannot keep',
    `<picture><source type="image/jxl" srcset="/x.jxl 4000w"><source type="image/svg+xml" srcset="/x.svg">
      <img src="/400x300/a.png"></picture>`,
    ['/400x300/a.png ?'],
  ),
  fixture('data-src', `<img src="${BLANK}" data-src="/800x600/a.png">`, ['/800x600/a.png ?']),
  fixture('data-original and no src', '<img data-original="/800x600/a.png">', ['/800x600/a.png ?']),
  fixture(
    'data-lazy-src with its size',
    `<img src="${BLANK}" data-lazy-src="/800x600/a.png" width="640" height="480">`,
    ['/800x600/a.png 640x480'],
  ),
  fixture('data-srcset', '<img data-srcset="/400x300/a.png 400w, /1600x1200/a.png 1600w">', ['/1600x1200/a.png 1600w']),
  fixture(
    'a source with data-srcset',
    '<picture><source data-srcset="/1600x1200/a.png 1600w"><img data-src="/400x300/a.png"></picture>',
    ['/1600x1200/a.png 1600w'],
  ),
  fixture('a large file for a magnifying glass', '<img src="/400x300/a.png" data-zoom-image="/1600x1200/a.png">', [
    '/1600x1200/a.png ?',
  ]),
  fixture('words where an address is expected', '<img src="/400x300/a.png" data-lazy="true" data-src="{{ photo }}">', [
    '/400x300/a.png 400x300',
  ]),
  fixture(
    'one waiting picture for two lazy ones',
    '<img src="/300x300/a.png" data-src="/x/1.jpg"><img src="/300x300/a.png" data-src="/x/2.jpg">',
    ['/x/1.jpg ?', '/x/2.jpg ?'],
  ),
  fixture('loading="lazy" far below', '<div style="height:20000px"></div><img loading="lazy" src="/800x600/a.png">', [
    '/800x600/a.png ?',
  ]),
  fixture('a thumbnail that links to the file', '<a href="/1600x1200/a.png"><img src="/64x64/a.png"></a>', [
    '/1600x1200/a.png ?',
  ]),
  fixture('a picture that links to a page', '<a href="/wiki/File:Bird.jpg"><img src="/400x300/a.png"></a>', [
    '/400x300/a.png 400x300',
  ]),
  fixture(
    'a noscript with the real file',
    `<img src="${BLANK}" class="lazy"><noscript><img src="/800x600/a.png?x=1&amp;y=2" width="800" height="600" alt="A > b"></noscript>`,
    ['/800x600/a.png?x=1&y=2 800x600'],
  ),
  fixture('a noscript with a tracking pixel', '<noscript><img height="1" width="1" src="/pixel?id=7"></noscript>', []),
  fixture('an image without a source', '<img alt="Nothing"><img src="">', []),
  fixture('an image that is not there', '<img src="/gone.png"><img src="/400x300/a.png">', [
    '/400x300/a.png 400x300',
    '/gone.png ?',
  ]),
  fixture('an image as a button', '<form><input type="image" src="/400x300/a.png" alt="Go"></form>', [
    '/400x300/a.png ?',
  ]),
  fixture(
    'an image in a drawing',
    '<svg width="400" height="300"><image href="/400x300/a.png" width="400" height="300"/></svg>',
    ['/400x300/a.png ?'],
  ),
  fixture(
    'an image in a drawing, as it was written once',
    '<svg width="9" height="9"><image xlink:href="/400x300/a.png"/></svg>',
    ['/400x300/a.png ?'],
  ),
  fixture('the poster of a film', '<video poster="/800x600/a.png" width="400"></video>', ['/800x600/a.png ?']),
  fixture(
    'an object and an embed',
    '<object data="/400x300/a.png" type="image/png"></object><embed src="/400x300/b.png">',
    ['/400x300/a.png ?', '/400x300/b.png ?'],
  ),
  fixture(
    'an object that is no image',
    '<object data="/game.swf"></object><embed src="/film.mp4" type="video/mp4">',
    [],
  ),
  fixture('a map with areas', '<map name="m"><area href="/1600x1200/a.png" alt="North"><area href="/page"></map>', [
    '/1600x1200/a.png ?',
  ]),
  fixture('data: images', '<img src="DATA_400x300">', ['data:image/png 400x300']),
  fixture(
    'a blob: image',
    `<img id="b"><script>fetch('/400x300/a.png').then((r) => r.blob()).then((blob) => { b.src = URL.createObjectURL(blob); b.onload = () => document.title = 'ready'; });</script>`,
    ['data:image/png 400x300'],
    { head: '<meta name="wait">' },
  ),
  fixture(
    'a canvas that is painted on, and an empty one',
    `<canvas id="c" width="300" height="200"></canvas><canvas width="300" height="200"></canvas>
      <script>const pen = c.getContext('2d'); pen.fillStyle = '#a31'; pen.fillRect(10, 10, 200, 100);</script>`,
    ['data:image/png 300x200'],
  ),
  fixture(
    'a canvas with another origin on it',
    `<canvas id="c" width="300" height="200"></canvas><img id="i" src="OTHER/400x300/a.png">
      <script>i.onload = () => { c.getContext('2d').drawImage(i, 0, 0); document.title = 'ready'; };</script>`,
    ['OTHER/400x300/a.png 400x300'],
    { head: '<meta name="wait">' },
  ),
];
