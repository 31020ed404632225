import { readForm } from '../api/read.ts';
import { tagForm } from '../api/tags.ts';
import { Refusal } from '../errors.ts';
import { changeOwnTag, completeTag, foldTag, readOwnTags } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { countedAs } from './edge/limits.ts';
import { errorsOf, typed } from './fields.ts';
import { nameIn, tagLocals, tagsAfter, tagsJson } from './tags.ts';
import type { MemberVisit } from './visit.ts';

const PATH = '/account/tags';

/** GET /account/tags: the tags of one's own images, and what can be done with them. */
export const ownTags = (visit: MemberVisit): Promise<Answer> => showTags(visit, tagsAfter(visit), null);

export const ownTagsAgain = (visit: MemberVisit, refusal: Refusal): Promise<Answer> => showTags(visit, null, refusal);

async function showTags(visit: MemberVisit, after: string | null, refusal: Refusal | null): Promise<Answer> {
  const found = await readOwnTags(visit.db, visit.member.id, { after });
  const form = refusal ? { tag: typed(visit.form, 'tag'), to: typed(visit.form, 'to') } : null;
  const locals = { ...tagLocals(PATH, after, found), form, errors: errorsOf(refusal) };
  return page('account/tags', locals, { title: say('tags.mine'), json: () => tagsJson(PATH, after, found) });
}

/** POST /account/tags: renames a tag, or takes it off, on all images of the member. */
export async function changeTag(visit: MemberVisit): Promise<Answer> {
  const form = readForm(tagForm, visit.form);
  const to = form.action === 'rename' ? form.to : null;
  if (to !== null && foldTag(to) === foldTag(form.tag)) throw new Refusal(422, 'invalid', 'tags.same', { field: 'to' });
  const images = await changeOwnTag(visit.db, visit.member.id, form.tag, to);
  if (images === null) throw new Refusal(422, 'unknown', 'tags.unknown', { field: 'tag' });
  visit.site.wake();
  if (to === null) visit.say('done', 'tags.removed', { name: form.tag, count: images });
  else visit.say('done', 'tags.renamed', { name: form.tag, to, count: images });
  return seeOther(PATH, { status: 200, body: to === null ? { deleted: true, images } : { tag: { name: to }, images } });
}

/** GET /account/tags/completions?q=: tags that this may be the beginning of, the member's own first. */
export async function completionsOf(visit: MemberVisit): Promise<Answer> {
  const { db, site, member, device } = visit;
  if (!visit.wantsJson) return ownTags(visit);
  await site.limits.take('typing', countedAs(member, device.address));
  const completions = await completeTag(db, member.id, nameIn(visit, 'q'));
  return page('account/tags', {}, { json: () => ({ completions }) });
}
