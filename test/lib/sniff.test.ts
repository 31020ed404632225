import { gzipSync } from 'node:zlib';
import { isPicture, sniff } from '../../src/lib/sniff.ts';
import * as make from '../support/pictures.ts';

const text = (words: string) => Buffer.from(words);

describe('what a file is, by its first bytes', () => {
  test.each(['jpeg', 'png', 'gif', 'webp', 'avif'] as const)('%s is a picture', async (format) => {
    const kind = sniff(await make.picture({ format, width: 64, height: 64 }));
    expect(kind).toBe(format);
    expect(isPicture(kind)).toBe(true);
  });

  test.each([
    ['nothing at all', Buffer.alloc(0), 'empty'],
    ['a web page', make.html(), 'html'],
    ['a page without a doctype', text('\n\n <HTML><body>'), 'html'],
    ['a page behind a comment and a byte order mark', text('\ufeff<!-- <svg> -->\n<!doctype html><p>'), 'html'],
    ['a page that holds a drawing', text('<!doctype html><svg></svg>'), 'html'],
    ['a page in an old alphabet', Buffer.from('<html><title>Caf\xe9 Stra\xdfe</title>', 'latin1'), 'html'],
    ['a page in UTF-16', Buffer.from('\ufeff<!doctype html><title>x', 'utf16le'), 'html'],
    ['a drawing', make.svg(), 'svg'],
    ['a drawing with a namespace prefix', text('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'), 'svg'],
    [
      'a drawing with a document type',
      text('<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b" [<!ENTITY x "y">]><svg/>'),
      'svg',
    ],
    ['a compressed drawing', make.svgz(), 'svg'],
    ['a compressed something', gzipSync(Buffer.from([0, 1, 2])), 'archive'],
    ['a compressed bomb', gzipSync(Buffer.alloc(30_000_000)).subarray(0, 4096), 'archive'],
    ['a PDF', make.pdf(), 'pdf'],
    ['a HEIC photo', make.heic(), 'heic'],
    ['a film', make.mp4(), 'video'],
    ['a JPEG XL', make.jxl(), 'jxl'],
    ['an icon', make.ico(), 'ico'],
    ['a BMP', make.bmp(), 'bmp'],
    ['a ZIP', make.zip(), 'zip'],
    ['text that begins like a BMP', text('BM is short for bitmap.'), 'text'],
    ['a JSON answer', text('{"error":"no"}'), 'text'],
    ['a sound', Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), 'audio'],
    ['noise', Buffer.from([1, 2, 3, 0, 9]), 'unknown'],
    ['one byte', Buffer.from([0xff]), 'unknown'],
    ['a text with WEBP at the eighth place', text('wonders WEBP'), 'text'],
  ])('%s', (_, bytes, kind) => {
    expect(sniff(bytes)).toBe(kind);
  });

  test('a TIFF', async () => expect(sniff(await make.tiff())).toBe('tiff'));

  test('thousands of unclosed comments cost no time', () => {
    const began = performance.now();
    sniff(text('<!--'.repeat(100_000)));
    sniff(text(' '.repeat(400_000)));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
