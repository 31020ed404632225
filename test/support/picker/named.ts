import type { Fixture } from './fixture.ts';
import { fixture } from './fixture.ts';

const json = (value: unknown): string => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

/** What a page names without showing it, and the same picture in several sizes. */
export const NAMED: readonly Fixture[] = [
  fixture('og:image with its size', '', ['/og.jpg 1200x630'], {
    head: '<meta property="og:image" content="/og.jpg"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">',
  }),
  fixture('og:image, its secure kin and twitter:image, all one', '', ['/og.jpg ?'], {
    head: '<meta property="og:image" content="/og.jpg"><meta property="og:image:secure_url" content="/og.jpg"><meta name="twitter:image" content="/og.jpg">',
  }),
  fixture('link rel=image_src', '', ['/l.jpg ?'], { head: '<link rel="image_src" href="/l.jpg">' }),
  fixture('a preloaded image', '', ['/800x600/a.png ?'], {
    head: '<link rel="preload" as="image" href="/800x600/a.png"><link rel="preload" as="font" href="/f.woff2">',
  }),
  fixture('JSON-LD of an article', '', ['/ld.jpg 1920x1080'], {
    head: json({
      '@type': 'Article',
      logo: '/logo.png',
      image: { '@type': 'ImageObject', url: '/ld.jpg', width: 1920, height: '1080' },
    }),
  }),
  fixture('JSON-LD with a list in a graph', '', ['/1.jpg ?', '/2.jpg ?'], {
    head: json({
      '@graph': [
        {
          '@type': 'Product',
          image: ['/1.jpg', '/2.jpg'],
          publisher: { logo: { '@type': 'ImageObject', url: '/logo.png' } },
        },
      ],
    }),
  }),
  fixture('JSON-LD that is broken', '<img src="/400x300/a.png">', ['/400x300/a.png 400x300'], {
    head: '<script type="application/ld+json">{"image": "/x.jpg",,}</script>',
  }),
  fixture(
    'microdata of a picture',
    `<div itemscope itemtype="https://schema.org/ImageObject"><link itemprop="contentUrl" href="/m.jpg">
      <meta itemprop="width" content="900"><meta itemprop="height" content="600"><span itemprop="creator">Ada</span></div>`,
    ['/m.jpg 900x600'],
  ),
  fixture(
    'links to image files',
    '<a href="/1.jpg">One</a> <a href="/2.webp?v=1">Two</a> <a href="/3.pdf">No</a> <a href="/?x=4.jpg">No</a>',
    ['/1.jpg ?', '/2.webp?v=1 ?'],
  ),
  fixture(
    'a link that loads',
    '<a href="javascript:void 0.jpg">x</a><a href="mailto:a@b.jpg">y</a><a href="file:///etc/a.jpg">z</a>',
    [],
  ),
  fixture(
    'WordPress: three sizes of one',
    '<img src="/u/bird-300x200.jpg" width="300" height="200"><img src="/u/bird-1024x683.jpg" width="1024" height="683"><img src="/u/bird-150x150.jpg" width="150" height="150">',
    ['/u/bird-1024x683.jpg 1024x683'],
  ),
  fixture(
    'WordPress: a thumbnail and the whole',
    '<img src="/u/bird-300x200.jpg" width="300" height="200"><a href="/u/bird.jpg">Full size</a>',
    ['/u/bird.jpg ?'],
  ),
  fixture(
    'an image service asked for two widths',
    '<img src="/s/1?w=400&amp;q=70" width="400" height="300"><img src="/s/1?w=800&amp;q=70" width="800" height="600">',
    ['/s/1?w=800&q=70 800x600'],
  ),
  fixture(
    'two pictures that differ in more than size',
    '<img src="/s?id=1&amp;w=400" width="400" height="300"><img src="/s?id=2&amp;w=400" width="400" height="300">',
    ['/s?id=1&w=400 400x300', '/s?id=2&w=400 400x300'],
  ),
  fixture(
    'one picture, upright and across',
    '<img src="/v-600x800.jpg" width="600" height="800"><img src="/v-800x600.jpg" width="800" height="600">',
    ['/v-600x800.jpg 600x800', '/v-800x600.jpg 800x600'],
  ),
  fixture(
    'the picture of the page that the head names larger',
    '<img src="/400x300/a.png" srcset="/400x300/a.png 400w, /800x600/a.png 800w" sizes="400px">',
    ['/800x600/a.png 800x600'],
    { head: '<meta property="og:image" content="/800x600/a.png">' },
  ),
  fixture(
    'a base address elsewhere',
    '<img data-src="a.png"><a href="x.jpg">x</a>',
    ['/else/a.png ?', '/else/x.jpg ?'],
    { head: '<base href="/else/">' },
  ),
];
