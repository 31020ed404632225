import { Refusal } from '../errors.ts';
import { keepDraft, type Draft } from '../images/index.ts';
import { readShared, type Shared } from '../lib/pick/shared.ts';
import { seeOther } from './answer.ts';
import { createAgain } from './create.ts';
import { SignInFirst } from './doors.ts';
import { typed } from './fields.ts';
import type { MemberVisit, Visit } from './visit.ts';

const FORM = '/images/create';

/**
 * POST /share: what the share sheet of a phone sends. It comes without a token, and so keeps drafts and does nothing else;
 * the form opens with what was shared, for its member to look at and save.
 */
export async function share(visit: Visit) {
  const shared = sharedIn(visit);
  if (!visit.member) return toSignIn(visit, shared);
  const { db, site, upload, member } = visit as MemberVisit;
  const drafts: Draft[] = [];
  for (const file of upload ? [upload, ...upload.others] : [])
    drafts.push(await keepDraft(db, site.storage, member.id, file));
  if (upload?.leftOut) visit.say('trouble', 'said.shared_some', { count: upload.leftOut });
  const [draft = null] = drafts;
  const url = drafts.length > 1 ? reviewOf(shared, drafts) : formWith(shared, draft);
  return seeOther(url, { status: 201, body: { draft, drafts, url } });
}

/** Several are looked through together; what was written beside them is said of all. */
function reviewOf({ title, url }: Shared, drafts: readonly Draft[]): string {
  const query = new URLSearchParams(drafts.map(({ id }): [string, string] => ['draft', id]));
  if (title) query.set('title', title);
  if (url) query.set('page_url', url);
  return `/save?${query}`;
}

const sharedIn = ({ form }: Visit): Shared =>
  readShared({ title: typed(form, 'title'), text: typed(form, 'text'), url: typed(form, 'url') });

/** An address that came with a picture is where it was found: the picture itself is here. */
function formWith({ title, url }: Shared, draft: Draft | null, lost = false): string {
  const said = [
    draft && `draft=${draft.id}`,
    lost && 'lost=1',
    title && `title=${encodeURIComponent(title)}`,
    url && `${draft ? 'page_url' : 'url'}=${encodeURIComponent(url)}`,
  ].filter(Boolean);
  return said.length > 0 ? `${FORM}?${said.join('&')}` : FORM;
}

/** Words and addresses go through the sign-in. Files do not: nobody could say whose they are, and anybody could send them. */
function toSignIn(visit: Visit, shared: Shared) {
  if (visit.wantsJson) throw new SignInFirst();
  const next = formWith(shared, null, !shared.url);
  return seeOther(`/account/login?next=${encodeURIComponent(next)}`);
}

/** What could not be kept is told on the form, which has the rest. */
export async function shareAgain(visit: Visit, refusal: Refusal) {
  if (!visit.member) throw refusal;
  return createAgain({ ...(visit as MemberVisit), form: { ...sharedIn(visit) }, upload: null }, refusal);
}
