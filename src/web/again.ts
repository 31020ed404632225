import { confirmPassword, hasPassword, listPasskeys, partyOf, provePasskey } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { readCredential, takeKept, theParty } from './passkey-steps.ts';
import { nextOf } from './sign-in.ts';
import type { MemberVisit } from './visit.ts';

/** Asks somebody who is signed in once more: for the password, or a passkey. */
export async function againPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const { db, member, site } = visit;
  const locals = {
    errors: errorsOf(refusal),
    next: nextOf(visit),
    hasPassword: await hasPassword(db, member.id),
    hasPasskey: partyOf(site.config.baseUrl) !== null && (await listPasskeys(db, member.id)).length > 0,
  };
  return page('account/again', locals, { title: say('again.heading') });
}

/** The session gets a new id, since whoever knew the one before must not profit from the proof (ASVS 7.2.4). */
export async function showAgain(visit: MemberVisit) {
  const { member, device, site } = visit;
  const about = { account: `again ${member.id}`, address: device.address };
  await site.limits.guess('password', about, () => prove(visit));
  const csrf = await visit.signIn(member.id);
  return seeOther(nextOf(visit) ?? '/account', { status: 200, body: { confirmed: true, csrf } });
}

async function prove(visit: MemberVisit) {
  const { db, member, form, site } = visit;
  if (!form['credential']) return confirmPassword(db, site.hashing, member.id, typed(form, 'password').slice(0, 5000));
  const { challenge } = takeKept(visit, 'again');
  const proven = await provePasskey(db, theParty(visit), { credential: readCredential(form['credential']), challenge });
  if (proven !== member.id) throw new Refusal(401, 'wrong_passkey', 'passkeys.wrong');
}
