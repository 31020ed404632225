import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookmarkletHref, pickerSource, pickerVersion } from '../../src/lib/pick/link.ts';
import { builtDir } from '../../src/lib/root.ts';

const picker = readFileSync(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8');
const href = bookmarkletHref(picker, 'https://bowerbird.example');

describe("the bookmarklet's address", () => {
  test('is ASCII, at most 64 KiB, and stored by browsers as it is shown', () => {
    expect(href).toMatch(/^javascript:void[!-~]+$/);
    expect(href.length).toBeLessThanOrEqual(64 * 1024);
    expect(new URL(href).href).toBe(href);
  });

  test('is the picker with the site in it, once decoded', () => {
    const source = pickerSource(picker, 'https://bowerbird.example');
    expect(decodeURIComponent(href)).toContain(source.trim());
    expect(source).not.toMatch(/__[A-Z]+__/);
    expect(source).toContain(pickerVersion(picker));
  });

  test('has another version with every other text', () => {
    expect(pickerVersion(picker)).toMatch(/^[\da-z]{7}$/);
    expect(pickerVersion(`${picker} `)).not.toBe(pickerVersion(picker));
  });

  test('names nothing that could load or send', () => {
    expect(picker).not.toMatch(
      /\b(?:fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\b|new Image|innerHTML/,
    );
  });

  test('puts nothing but an origin in', () => {
    expect(bookmarkletHref('"__BOWERBIRD__"', 'https://a.example/x?y"z')).toBe(
      'javascript:void(()=%3E{%22https://a.example%22})()',
    );
    expect(() => bookmarkletHref('', 'javascript:alert(1)')).toThrow('origin');
    expect(() => bookmarkletHref('"é"', 'https://a.example')).toThrow('ASCII');
  });
});
