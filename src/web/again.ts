import { confirmPassword, hasPassword } from '../accounts/index.ts';
import type { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { nextOf } from './sign-in.ts';
import type { MemberVisit } from './visit.ts';

/** Asks somebody who is signed in for the password once more. */
export async function againPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const locals = {
    errors: errorsOf(refusal),
    next: nextOf(visit),
    hasPassword: await hasPassword(visit.db, visit.member.id),
  };
  return page('account/again', locals, { title: say('again.heading') });
}

/** The session gets a new id, since whoever knew the one before must not profit from the proof (ASVS 7.2.4). */
export async function showAgain(visit: MemberVisit) {
  const { member, device, site, db } = visit;
  const password = typed(visit.form, 'password');
  await site.limits.guess('password', { account: `again ${member.id}`, address: device.address }, () =>
    confirmPassword(db, member.id, password.slice(0, 5000)),
  );
  const csrf = await visit.signIn(member.id);
  return seeOther(nextOf(visit) ?? '/account', { status: 200, body: { confirmed: true, csrf } });
}
