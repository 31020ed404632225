import { colourName } from '../lib/colour.ts';
import { facts, GAP, keptWords, NAME, REST, sizeStep, TEXT, tokenOf, yearOf, type WordField } from './tokens.ts';

/** All of an image that it can be found by. */
export interface Findable {
  id: number;
  ownerId: number;
  reach: number;
  showName: boolean;
  title: string;
  caption: string;
  alt: string;
  creator: string;
  copyright: string;
  credit: string;
  description: string;
  site: string | null;
  format: string;
  width: number;
  height: number;
  frames: number;
  colour: string;
  createdAt: number;
  tags: readonly { id: number; name: string }[];
  comments: readonly string[];
}

/** More words of one field than this are not kept. */
const MOST_WORDS = 3000;

function fieldTokens(field: WordField, texts: readonly string[]): string[] {
  const parts = texts.map(keptWords).filter((words) => words.length > 0);
  const tokens = parts.flatMap((words, n) => [...(n > 0 ? [GAP] : []), ...words.map((word) => tokenOf(field, word))]);
  return tokens.slice(0, MOST_WORDS);
}

/** A host and what it belongs to: from:example.org finds images.example.org as well. */
export function sitesOf(host: string | null): string[] {
  const labels = host ? host.split('.') : [];
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join('.'));
}

function factTokens(image: Findable): string[] {
  const { id: _, ownerId, reach, showName, site, format, frames, width, height, colour, createdAt, tags } = image;
  const made = new Date(createdAt);
  return [
    facts.owner(ownerId),
    ...([1, 2] as const).filter((least) => reach >= least).map(facts.reach),
    ...(showName ? [facts.shownOwner(ownerId)] : []),
    ...sitesOf(site).slice(0, 5).map(facts.site),
    facts.colour(colourName(colour)),
    facts.kind(frames > 1 ? 'animated' : 'still'),
    facts.kind(format),
    facts.size(sizeStep(Math.max(width, height))),
    facts.year(yearOf(createdAt)),
    facts.month(yearOf(createdAt), made.getUTCMonth() + 1),
    ...tags.map((tag) => facts.tag(tag.id)),
  ];
}

/** What an image is found by, in the order of its words. */
export function documentOf(image: Findable): string[] {
  const { title, tags, caption, alt, site, creator, copyright, credit, description, comments } = image;
  return [
    ...fieldTokens(NAME, [title, ...tags.map(({ name }) => name)]),
    ...fieldTokens(TEXT, [caption, alt, description]),
    ...fieldTokens(REST, [site ?? '', creator, copyright, credit, ...comments]),
    ...factTokens(image),
  ];
}
