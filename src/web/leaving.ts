import { admitAccount, dayOf, foldName, GRACE_DAYS, leavingUntil, type Proof } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { askDeletion, cancelDeletion } from '../moderation/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { nextOf, welcome, withNext } from './sign-in.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** /account/delete: says what goes and what stays, and asks for one's own name. */
export function deletePage(visit: MemberVisit, refusal: Refusal | null = null) {
  const form = { username: typed(visit.form, 'username') };
  const locals = { form, errors: errorsOf(refusal), days: GRACE_DAYS, name: visit.member.username };
  return page('account/delete', locals, { title: say('leaving.heading') });
}

export async function deleteAccount(visit: MemberVisit) {
  const { db, member, site, device } = visit;
  if (foldName(typed(visit.form, 'username').trim()) !== foldName(member.username))
    throw new Refusal(422, 'not_confirmed', 'leaving.not_confirmed', {
      field: 'username',
      params: { name: member.username },
    });
  const due = await askDeletion(db, member.id, { address: device.address, site: site.config.baseUrl });
  site.wake();
  await visit.signOut();
  visit.say('done', 'leaving.asked');
  return seeOther('/', { status: 200, body: { deleted_at: new Date(due).toISOString() } });
}

/** /account/return: the one page for whoever signs in to an account that is about to be deleted. */
export async function returnPage(visit: Visit, refusal: Refusal | null = null) {
  if (visit.member && !refusal) return seeOther(nextOf(visit) ?? '/account');
  const account = Number(visit.slips.read('return')?.['account']);
  const until = Number.isInteger(account) ? await leavingUntil(visit.db, account) : null;
  if (until === null || refusal?.code === 'sign_in') {
    if (refusal && refusal.code !== 'sign_in') throw refusal;
    if (refusal) visit.say('trouble', 'code.expired');
    return seeOther(withNext('/account/login', nextOf(visit)));
  }
  const locals = { errors: errorsOf(refusal), next: nextOf(visit), date: dayOf(until, visit.language) };
  return page('account/return', locals, { title: say('leaving.return.heading') });
}

/** Takes the deletion back, and signs in. */
export async function takeBack(visit: Visit) {
  const { db, slips, device } = visit;
  const { account, proof } = await whoReturns(visit);
  slips.drop('return');
  if (!(await cancelDeletion(db, account, device.address))) throw expired();
  const answer = await welcome(visit, account, proof);
  visit.say('done', 'leaving.back');
  return answer;
}

const expired = () => new Refusal(401, 'sign_in', 'code.expired');

/** Who has signed in just now, as far as what has changed since (password, disabled) still lets them. */
async function whoReturns({ db, slips }: Visit): Promise<{ account: number; proof: Proof }> {
  const slip = slips.read('return');
  const account = Number(slip?.['account']);
  const proof = (['passkey', 'identity'] as const).find((one) => one === slip?.['proof']) ?? 'password';
  const admitted = slip ? await admitAccount(db, account, proof) : null;
  if (admitted && admitted.stamp === slip?.['stamp']) return { account, proof };
  slips.drop('return');
  throw expired();
}
