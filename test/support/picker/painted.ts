import type { Fixture } from './fixture.ts';
import { fixture } from './fixture.ts';

const style = (rules: string): string => `<style>${rules}</style>`;

/** What style sheets paint, and what stays out: sprites, icons, spies. */
export const PAINTED: readonly Fixture[] = [
  fixture('a background', '<div style="width:300px;height:200px;background:url(/800x600/a.png)"></div>', [
    '/800x600/a.png ?',
  ]),
  fixture('a background of a class, under a layer of colour', '<div class="hero"></div>', ['/800x600/a.png ?'], {
    head: style('.hero{width:300px;height:200px;background:linear-gradient(#0008,#0008),url(/800x600/a.png)}'),
  }),
  fixture('two layers', '<div class="two"></div>', ['/800x600/a.png ?', '/800x600/b.png ?'], {
    head: style('.two{width:300px;height:200px;background:url(/800x600/a.png),url(/800x600/b.png)}'),
  }),
  fixture('image-set', '<div class="set"></div>', ['/800x600/a.png ?'], {
    head: style('.set{width:300px;height:200px;background:image-set(url(/400x300/a.png) 1x,url(/800x600/a.png) 2x)}'),
  }),
  fixture('before and after', '<p class="both">Words</p>', ['/800x600/a.png ?', '/800x600/b.png ?'], {
    head: style(
      '.both::before,.both::after{content:"";display:block;width:200px;height:200px;background:url(/800x600/a.png)}.both::after{background:url(/800x600/b.png)}',
    ),
  }),
  fixture('a picture as content', '<p class="c"></p>', ['/400x300/a.png ?'], {
    head: style('.c::before{content:url(/400x300/a.png);display:block;width:400px;height:300px}'),
  }),
  fixture('the background of the body', '', ['/800x600/a.png ?'], {
    head: style('body{height:90vh;background:url(/800x600/a.png)}'),
  }),
  fixture(
    'a background that is going to come',
    '<div data-bg="/800x600/a.png" style="height:200px"></div><div data-background-image="url(\'/800x600/b.png\')"></div>',
    ['/800x600/a.png ?', '/800x600/b.png ?'],
  ),
  fixture('a background of data', '<div style="width:200px;height:200px;background:url(DATA_300x300)"></div>', [
    'data:image/png ?',
  ]),
  fixture('a sprite', '<i class="s"></i>', [], {
    head: style('.s{display:block;width:100px;height:40px;background:url(/800x600/a.png) -120px -40px}'),
  }),
  fixture('icons as backgrounds', '<i class="s"></i><b class="t">x</b>', [], {
    head: style(
      '.s{display:block;width:24px;height:24px;background:url(/64x64/a.png)}.t::before{content:"";display:inline-block;width:16px;height:16px;background:url(/64x64/b.png)}',
    ),
  }),
  fixture('bullets and borders', '<ul><li>One</ul><p class="b">Framed</p>', [], {
    head: style('ul{list-style-image:url(/300x300/a.png)}.b{border:20px solid;border-image:url(/300x300/b.png) 30}'),
  }),
  fixture('a gradient', '<div style="width:300px;height:200px;background:linear-gradient(red,blue)"></div>', []),
  fixture('icons as images', '<img src="/64x64/a.png"><img src="/123x400/a.png"><img src="/1x1/a.png">', []),
  fixture('an emoji from a large file', '<p>Hi <img src="/300x300/a.png" width="20" height="20">', []),
  fixture(
    'a tracking pixel that says its size',
    '<img src="/t.gif?u=1" width="1" height="1"><img src="/u.gif" width="0" height="0">',
    [],
  ),
  fixture(
    'a spacer, a sprite and a favicon that are not loaded',
    '<img src="/spacer.gif"><img src="/img/icon-sprite.png"><img src="/favicon.png">',
    [],
  ),
  fixture('icons in the head', '<img src="/400x300/a.png">', ['/400x300/a.png 400x300'], {
    head: '<link rel="icon" href="/64x64/a.png"><link rel="apple-touch-icon" href="/300x300/a.png"><meta name="msapplication-TileImage" content="/300x300/b.png">',
  }),
  fixture(
    'a drawing',
    "<img src=\"/d.svg\"><img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='400' height='400'/%3E\">",
    [],
    {
      more: {
        '/d.svg': {
          headers: { 'content-type': 'image/svg+xml' },
          body: '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>',
        },
      },
    },
  ),
];
