import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookmarkletHref, ORIGIN_MARK } from '../../src/lib/pick/link.ts';
import { builtDir } from '../../src/lib/root.ts';

const picker = readFileSync(join(builtDir, 'bookmarklet', 'picker.js'), 'utf8');
const href = bookmarkletHref(picker, 'https://bowerbird.example');

describe("the bookmarklet's address", () => {
  test('is ASCII, at most 32 KiB, and stored by browsers as it is shown', () => {
    expect(href).toMatch(/^javascript:void[!-~]+$/);
    expect(href.length).toBeLessThanOrEqual(32 * 1024);
    expect(new URL(href).href).toBe(href);
  });

  test('is the picker with the site in it, once decoded', () => {
    expect(decodeURIComponent(href)).toContain(picker.trim().replace(ORIGIN_MARK, 'https://bowerbird.example'));
    expect(href).not.toContain(ORIGIN_MARK);
  });

  test('names nothing that could load or send', () => {
    expect(picker).not.toMatch(
      /\b(?:fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|import)\b|new Image|innerHTML/,
    );
  });

  test('puts nothing but an origin in', () => {
    expect(bookmarkletHref(`"${ORIGIN_MARK}"`, 'https://a.example/x?y"z')).toBe(
      'javascript:void(()=%3E{%22https://a.example%22})()',
    );
    expect(() => bookmarkletHref('', 'javascript:alert(1)')).toThrow('origin');
    expect(() => bookmarkletHref('"é"', 'https://a.example')).toThrow('ASCII');
  });
});
