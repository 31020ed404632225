import { isPrintable } from '../api/read.ts';
import { tagJson, tagPath } from '../api/tags.ts';
import { pageNumber } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { readShelf, tagShelf } from '../feed/index.ts';
import { findTag, readTagList, type Tag, type TagPage } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { movedTo, page, type Answer } from './answer.ts';
import { feedsBeside } from './feed-links.ts';
import { keyPager, listJson, listLocals } from './lists.ts';
import { textIn } from './params.ts';
import type { Visit } from './visit.ts';

/** What a list of tags prints. */
export const tagLocals = (path: string, after: string | null, { tags, next }: TagPage) => ({
  tags: tags.map(tagShown),
  pager: keyPager(path, after, next && `${path}?after=${next}`),
});

export const tagsJson = (path: string, after: string | null, { tags, next }: TagPage) => ({
  tags: tags.map(tagJson),
  next: next && `${path}?after=${next}`,
  page: after === null ? 1 : null,
  pages: null,
});

const tagShown = ({ name, images }: Tag) => ({ name, images, href: tagPath(name) });

/** Which part of a list of tags is asked for. Tags have no pages by number: there are only the first, and what comes next. */
export function tagsAfter({ query }: Visit): string | null {
  if (pageNumber(query.get('page')) > 1) throw new Refusal(422, 'invalid', 'tags.page', { field: 'page' });
  return query.get('after');
}

const LONGEST = 100;

/** A name in a query; what could be none is the empty one. */
export const nameIn = ({ query }: Visit, field: string): string => {
  const text = (query.get(field) ?? '').trim().slice(0, LONGEST);
  return isPrintable(text) ? text : '';
};

/** GET /tags: by name, from a name on where one is said. */
export async function tags(visit: Visit): Promise<Answer> {
  const [after, from] = [tagsAfter(visit), nameIn(visit, 'from')];
  const found = await readTagList(visit.db, visit.reader, { after, from });
  const locals = { ...tagLocals('/tags', after ?? (from || null), found), from };
  return page('tags/index', locals, { title: say('tags.heading'), json: () => tagsJson('/tags', after, found) });
}

/** GET /tags/NAME: what the reader finds by it. Another spelling leads to the tag, and one by which they find nothing is not there. */
export async function show(visit: Visit): Promise<Answer> {
  const name = textIn(visit, 'name');
  const tag = await findTag(visit.db, visit.reader, name);
  if (!tag) throw notFound();
  const path = tagPath(tag.name);
  if (name !== tag.name) return movedTo(path);
  const wanted = { page: visit.query.get('page'), after: visit.query.get('after') };
  const found = await readShelf(visit.db, visit.reader, tagShelf(tag.id), wanted);
  const json = () => ({ tag: tagJson(tag), ...listJson(path, found) });
  const heading = say('tag.heading', { name: tag.name });
  return page(
    'tags/show',
    { tag: tagShown(tag), heading, feeds: feedsBeside(path), ...listLocals(path, found) },
    { title: heading, json },
  );
}
