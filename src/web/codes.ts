import { admitAccount, audit, checkCode, codesLeft, type Proof } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { countedAs, isWrong } from './edge/limits.ts';
import { errorsOf, typed } from './fields.ts';
import { nextOf, welcome, withNext } from './sign-in.ts';
import type { Visit } from './visit.ts';

/** /account/login/code: the second step of signing in. */
export function codePage(visit: Visit, refusal: Refusal | null = null) {
  if (visit.member && !refusal) return seeOther(nextOf(visit) ?? '/account');
  if (!visit.slips.read('code')) {
    if (refusal && refusal.code !== 'sign_in') throw refusal;
    if (refusal) visit.say('trouble', 'code.expired');
    return seeOther(withNext('/account/login', nextOf(visit)));
  }
  const locals = { errors: errorsOf(refusal), next: nextOf(visit) };
  return page('account/code', locals, { title: say('code.heading') });
}

/** Takes a code of the app or a recovery code. Wrong ones are counted for the account, wherever they come from. */
export async function giveCode(visit: Visit) {
  const { db, site, device, slips, vault } = visit;
  const { accountId, proof } = await whoWaits(visit);
  const about = { account: String(accountId), address: device.address };
  const check = () => checkCode(db, { vault, hashing: site.hashing }, accountId, typed(visit.form, 'code'));
  const kind = await site.limits.guess('code', about, check).catch(async (error: unknown) => {
    if (isWrong(error))
      await audit(db, { accountId, act: 'sign_in_failed', address: device.address, detail: { by: 'code' } });
    throw error;
  });
  await site.limits.giveBack('login', countedAs(visit.member, device.address));
  slips.drop('code');
  const answer = await welcome(visit, accountId, proof);
  if (kind === 'recovery') visit.say('trouble', 'code.recovery_used', { count: await codesLeft(db, accountId) });
  return answer;
}

/** Whose code we wait for; what has changed since the first proof (password, disabled) counts. */
async function whoWaits({ db, slips }: Visit): Promise<{ accountId: number; proof: Proof }> {
  const slip = slips.read('code');
  const accountId = Number(slip?.['account']);
  const proof: Proof = slip?.['proof'] === 'identity' ? 'identity' : 'password';
  const admitted = slip ? await admitAccount(db, accountId, proof) : null;
  if (admitted && admitted.stamp === slip?.['stamp']) return { accountId, proof };
  slips.drop('code');
  throw new Refusal(401, 'sign_in', 'code.expired');
}
