import { emailForm, newPasswordForm, passwordChangeForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { askReset, changePassword, findReset, foldName, listTokens, resetPassword } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, secretPage, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { circumstances } from './from.ts';
import type { MemberVisit, Visit } from './visit.ts';

export const changePage = (visit: MemberVisit, refusal: Refusal | null = null) =>
  page(
    'account/password-change',
    { errors: errorsOf(refusal), username: visit.member.username },
    { title: say('password.change') },
  );

/** Every other session ends, and this one goes on under a new id (ASVS 7.2.4). */
export async function change(visit: MemberVisit) {
  const { db, site, member, device } = visit;
  const form = readForm(passwordChangeForm, visit.form);
  const account = foldName(member.username);
  const work = () => changePassword(db, site.hashing, member.id, form, circumstances(visit));
  await site.limits.guess('password', { account, address: device.address }, work, isWrongOld);
  site.wake();
  const csrf = await visit.signIn(member.id);
  return seeOther('/account/password/change/done', { status: 200, body: { changed: true, csrf } });
}

const isWrongOld = (error: unknown) => error instanceof Refusal && error.code === 'wrong_password';

/** Whoever knew the old one may have made tokens as well: they stand here, each with its button. */
export async function changed({ db, member }: MemberVisit) {
  const tokens = await listTokens(db, member.id);
  return page('account/password-changed', { tokens }, { title: say('password.changed') });
}

export const resetPage = (visit: Visit, refusal: Refusal | null = null) =>
  page(
    'account/password-reset',
    { form: { email: typed(visit.form, 'email') }, errors: errorsOf(refusal) },
    { title: say('password.reset') },
  );

/** The same for every email: who has an account is found out by the job that writes the mail. */
export async function reset({ db, site, form }: Visit) {
  const { email } = readForm(emailForm, form);
  await askReset(db, email);
  site.wake();
  return seeOther('/account/password/reset/done', { status: 200, body: { sent: true } });
}

export const resetSent = () => page('account/password-sent', {}, { title: say('password.sent') });

/** The page behind the link of a mail: shown as often as somebody looks. Its address is a secret, and goes nowhere else. */
export async function newPasswordPage(visit: Visit) {
  try {
    await findReset(visit.db, tokenIn(visit));
  } catch (error) {
    if (error instanceof Refusal && !visit.wantsJson) return newPasswordAgain(visit, error);
    throw error;
  }
  return form(visit, null);
}

export const newPasswordAgain = (visit: Visit, refusal: Refusal) =>
  refusal.status === 410 ? linkOverPage(refusal, '/account/password/reset', 'password.again') : form(visit, refusal);

const form = (visit: Visit, refusal: Refusal | null) =>
  secretPage(
    'account/password-new',
    { errors: errorsOf(refusal), action: `/account/password/reset/${encodeURIComponent(tokenIn(visit))}` },
    { title: say('password.new') },
  );

export async function setPassword(visit: Visit) {
  const given = readForm(newPasswordForm, visit.form);
  const revoked = await resetPassword(visit.db, visit.site.hashing, tokenIn(visit), given, circumstances(visit));
  visit.site.wake();
  if (revoked.length > 0) visit.say('trouble', 'password.tokens_revoked');
  const body = { changed: true, tokens_revoked: revoked.length };
  return seeOther('/account/password/reset/complete', { status: 200, body });
}

export const resetComplete = () => page('account/password-complete', {}, { title: say('password.changed') });

/** The secret in the address; what is too long to be one is none. */
export const tokenIn = ({ params }: Visit): string => (params['token'] ?? '').slice(0, 100);

/** What somebody is told whose link does not work any more, and where to go on. */
export const linkOverPage = (refusal: Refusal, href: string, button: 'password.again' | 'confirm.again') =>
  secretPage(
    'account/link-over',
    { sentence: errorsOf(refusal)['form'], href, button },
    { title: say('link.heading'), status: refusal.status },
  );
