import { emailForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import {
  askConfirm,
  askEmailChange,
  confirmEmailChange,
  confirmRegistration,
  emailOf,
  findConfirmation,
} from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, secretPage, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { circumstances } from './from.ts';
import { linkOverPage, tokenIn } from './passwords.ts';
import { whoIs } from './sign-in.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** After joining: look into your mail. Says the same to everybody. */
export const confirmSent = (visit: Visit, refusal: Refusal | null = null) =>
  page(
    'account/confirm-sent',
    { form: { email: typed(visit.form, 'email') }, errors: errorsOf(refusal) },
    { title: say('confirm.sent') },
  );

export async function sendAgain(visit: Visit) {
  const { email } = readForm(emailForm, visit.form);
  await askConfirm(visit.db, email);
  visit.site.wake();
  visit.say('done', 'confirm.resent');
  return seeOther('/account/confirm', { status: 200, body: { sent: true } });
}

/** The page behind the link: a button, since programs that read mail open links before people do. */
export async function confirmPage(visit: Visit) {
  try {
    const found = await findConfirmation(visit.db, tokenIn(visit));
    const locals = { ...found, action: `/account/confirm/${encodeURIComponent(tokenIn(visit))}`, errors: {} };
    return secretPage('account/confirm', locals, { title: say('confirm.heading') });
  } catch (error) {
    if (error instanceof Refusal && !visit.wantsJson) return confirmAgain(visit, error);
    throw error;
  }
}

export const confirmAgain = ({ member }: Visit, refusal: Refusal) =>
  linkOverPage(refusal, member ? '/account/email' : '/account/confirm', 'confirm.again');

/** Makes the account and signs in, or gives an account its new email. */
export async function confirm(visit: Visit) {
  const { purpose } = await findConfirmation(visit.db, tokenIn(visit));
  return purpose === 'confirm' ? join(visit) : takeEmail(visit);
}

async function join(visit: Visit) {
  const { db, device } = visit;
  const id = await confirmRegistration(db, tokenIn(visit), device.address);
  const person = await whoIs(db, id);
  const csrf = await visit.signIn(id, { greeting: { key: 'said.welcome', params: { name: person.username } } });
  return seeOther('/account', { status: 200, body: { person, csrf } });
}

async function takeEmail(visit: Visit) {
  const { db, site, member, sessionHash } = visit;
  const id = await confirmEmailChange(db, tokenIn(visit), circumstances(visit), sessionHash);
  site.wake();
  visit.say('done', 'confirm.done_email');
  return seeOther(member?.id === id ? '/account/email' : '/account/login', { status: 200, body: { confirmed: true } });
}

export async function emailPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const form = { email: typed(visit.form, 'email') };
  const locals = { form, email: await emailOf(visit.db, visit.member.id), errors: errorsOf(refusal) };
  return page('account/email', locals, { title: say('email.heading') });
}

export async function changeEmail(visit: MemberVisit) {
  const { email } = readForm(emailForm, visit.form);
  await askEmailChange(visit.db, visit.member.id, email, circumstances(visit));
  visit.site.wake();
  visit.say('done', 'email.sent', { email });
  return seeOther('/account/email', { status: 200, body: { sent: true } });
}
