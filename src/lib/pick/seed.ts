import { decodeLoosely } from './percent.ts';

export interface Seed {
  title: string;
  url: string;
}

const pairAt = /(?:^|&)url=/;

/**
 * Reads `title=…&url=…` of the form's address, where people paste addresses without escaping them: `url` is everything
 * after the first `url=` that follows `?` or `&`, to the end. Beginning with a bare `scheme://` it stays as it is,
 * else it is decoded once (`+` kept). The title stands before it and is decoded as forms are. Never throws.
 *
 * @param rawQuery the query as it came over the wire, with or without its `?`
 */
export function readSeed(rawQuery: string): Seed {
  const query = rawQuery.startsWith('?') ? rawQuery.slice(1) : rawQuery;
  const found = pairAt.exec(query);
  if (!found) return { title: titleIn(query), url: '' };
  return { title: titleIn(query.slice(0, found.index)), url: addressIn(query.slice(found.index + found[0].length)) };
}

const addressIn = (text: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : decodeLoosely(text));

function titleIn(query: string): string {
  const pair = query.split('&').find((pair) => pair.startsWith('title='));
  return pair ? decodeLoosely(pair.slice('title='.length).replaceAll('+', ' ')) : '';
}
