import type { Sighting } from './sighting.ts';
import { NOTHING_SEEN } from './sighting.ts';

type Thing = Readonly<Record<string, unknown>>;

/** Under these a thing names its pictures. `logo` is not among them. */
const PICTURES = ['image', 'photo', 'primaryImageOfPage', 'associatedMedia', 'screenshot', 'thumbnail', 'thumbnailUrl'];
const DEEPEST = 8;
const MOST = 500;

/** The pictures that JSON-LD tells of, with who made them and what they may be used for. */
export function structuredSightings(value: unknown): Sighting[] {
  const found: Sighting[] = [];
  walk(value, found, 0);
  return found;
}

function walk(value: unknown, found: Sighting[], depth: number): void {
  if (depth > DEEPEST || found.length >= MOST || typeof value !== 'object' || value === null) return;
  if (isList(value)) {
    for (const item of value) walk(item, found, depth + 1);
    return;
  }
  const thing = value as Thing;
  if (isImage(thing)) {
    add(thing, found);
    return;
  }
  for (const key in thing) {
    if (key === 'logo') continue;
    const inside = thing[key];
    if (isPictures(key)) takePictures(inside, found);
    else walk(inside, found, depth + 1);
  }
}

/** Pages replace `Array.isArray` too. */
const isList = (value: object): value is unknown[] => typeof (value as unknown[]).length === 'number';

function isPictures(key: string): boolean {
  for (const name of PICTURES) if (name === key) return true;
  return false;
}

function takePictures(value: unknown, found: Sighting[]): void {
  if (typeof value === 'string') found.push({ ...NOTHING_SEEN, kind: 'named', shown: value });
  else if (typeof value === 'object' && value !== null) {
    if (isList(value)) for (const item of value) takePictures(item, found);
    else add(value as Thing, found);
  }
}

const isImage = (thing: Thing): boolean => /\b(?:ImageObject|Photograph)\b/.test(textOf(thing['@type']));

function add(thing: Thing, found: Sighting[]): void {
  const shown = textOf(thing['contentUrl']) || textOf(thing['url']) || textOf(thing['@id']);
  if (!shown) return;
  found.push({
    ...NOTHING_SEEN,
    kind: 'named',
    shown,
    declaredWidth: numberOf(thing['width']),
    declaredHeight: numberOf(thing['height']),
    alt: textOf(thing['caption']) || textOf(thing['description']),
    title: textOf(thing['name']) || textOf(thing['headline']),
    creator: nameOf(thing['creator']) || nameOf(thing['author']) || textOf(thing['creditText']),
    licence: textOf(thing['license']),
  });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return '';
  if (isList(value)) return textOf(value[0]);
  return textOf((value as Thing)['@value'] ?? (value as Thing)['@id'] ?? (value as Thing)['url']);
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value);
  return isList(value) ? nameOf(value[0]) : textOf((value as Thing)['name']);
}

function numberOf(value: unknown): number {
  const inner = typeof value === 'object' && value !== null ? (value as Thing)['value'] : value;
  const number = typeof inner === 'string' ? parseInt(inner, 10) : inner;
  return typeof number === 'number' && number > 0 && number < 1e6 ? Math.round(number) : 0;
}
