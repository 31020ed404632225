import { readForm } from '../api/read.ts';
import { aliasForm, tagPath } from '../api/tags.ts';
import { Refusal } from '../errors.ts';
import { dropAlias, makeAlias, readAliases } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import type { MemberVisit } from './visit.ts';
import { keyPager } from './lists.ts';

const PATH = '/moderation/tags';

/** GET /moderation/tags: names that lead to other tags, and how one more is made. */
export const aliases = (visit: MemberVisit): Promise<Answer> => showAliases(visit, { name: '', tag: '' }, null);

export const aliasesAgain = (visit: MemberVisit, refusal: Refusal): Promise<Answer> =>
  showAliases(visit, { name: typed(visit.form, 'name'), tag: typed(visit.form, 'tag') }, refusal);

async function showAliases({ db, query }: MemberVisit, form: Record<string, string>, refusal: Refusal | null) {
  const asked = query.get('after');
  const after = asked?.isWellFormed() && !asked.includes('\0') ? asked : null;
  const found = await readAliases(db, after);
  const next = found.next && `${PATH}?${new URLSearchParams({ after: found.next }).toString()}`;
  const pager = keyPager(PATH, after, next);
  const shown = found.aliases.map((alias) => ({ ...alias, href: tagPath(alias.tag) }));
  const locals = { aliases: shown, pager, form, errors: errorsOf(refusal) };
  return page('moderation/tags', locals, {
    title: say('alias.heading'),
    json: () => ({ aliases: found.aliases, next }),
  });
}

/** POST /moderation/tags: makes a name lead to another tag, for everyone, or lets it be one of its own again. */
export async function changeAlias(visit: MemberVisit): Promise<Answer> {
  const form = readForm(aliasForm, visit.form);
  const { name } = form;
  if (form.action === 'make') {
    await makeAlias(visit.db, name, form.tag);
    visit.site.wake();
    visit.say('done', 'alias.made', { name, tag: form.tag });
    return seeOther(PATH, { status: 200, body: { alias: { name, tag: form.tag } } });
  }
  if (!(await dropAlias(visit.db, name))) throw new Refusal(422, 'unknown', 'alias.unknown', { field: 'name' });
  visit.say('done', 'alias.dropped', { name });
  return seeOther(PATH, { status: 200, body: { deleted: true } });
}
