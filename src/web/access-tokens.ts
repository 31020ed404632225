import { tokenForm, tokenJson } from '../api/access.ts';
import { readForm } from '../api/read.ts';
import { listTokens, makeToken, revokeAllTokens, revokeToken } from '../accounts/index.ts';
import type { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { fromOf } from './from.ts';
import { imageId as numberIn } from './params.ts';
import type { MemberVisit } from './visit.ts';

/** /account/tokens: the access tokens of a member, and the form for another. */
export const tokensPage = (visit: MemberVisit, refusal: Refusal | null = null) => show(visit, { refusal });

interface Shown {
  refusal?: Refusal | null;
  made?: { name: string; token: string };
}

async function show(visit: MemberVisit, { refusal = null, made }: Shown) {
  const { member, form } = visit;
  const tokens = await listTokens(visit.db, member.id);
  const scopes = member.role === 'member' ? ['read', 'write'] : ['read', 'write', 'admin'];
  const left = made ? {} : { name: typed(form, 'name'), scope: typed(form, 'scope') };
  const locals = { tokens, scopes, made: made ?? null, form: left, errors: errorsOf(refusal) };
  const json = () => (made ? { token: made.token } : { tokens: tokens.map(tokenJson) });
  return page('account/tokens', locals, { title: say('tokens.heading'), status: made ? 201 : 200, json });
}

/** Makes a token. It stands in this answer alone: a redirect would have to keep it somewhere on the way. */
export async function makeAccessToken(visit: MemberVisit) {
  const { name, scope } = readForm(tokenForm, visit.form);
  const token = await makeToken(visit.db, visit.member.role, fromOf(visit), { name, scope });
  visit.site.wake();
  return show(visit, { made: { name, token } });
}

export async function revokeAccessToken(visit: MemberVisit) {
  const name = await revokeToken(visit.db, fromOf(visit), numberIn(visit));
  visit.say('done', 'tokens.revoked', { name });
  return seeOther('/account/tokens', { status: 200, body: { deleted: true } });
}

/** POST /account/tokens/delete: for whoever fears that one got about, and does not know which. */
export async function revokeEveryAccessToken(visit: MemberVisit) {
  const { accountId, address } = fromOf(visit);
  const names = await visit.db.transaction((trx) => revokeAllTokens(trx, accountId, address));
  visit.say('done', 'tokens.all_revoked', { count: names.length });
  return seeOther('/account/tokens', { status: 200, body: { deleted: true } });
}
