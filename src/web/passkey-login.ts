import { askForPasskey, audit, provePasskey } from '../accounts/index.ts';
import { seeOther } from './answer.ts';
import { countedAs, isWrong } from './edge/limits.ts';
import { keepChallenge, readCredential, takeKept, theParty } from './passkey-steps.ts';
import { letIn } from './sign-in.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** For the sign-in page's script: what `navigator.credentials.get` takes. It names nobody's passkeys. */
export async function loginOptions(visit: Visit) {
  const options = await askForPasskey(visit.db, theParty(visit), null);
  keepChallenge(visit, 'login', options.challenge);
  return seeOther('/account/login', { status: 200, body: { options } });
}

/** Signs in with a passkey alone: it is two factors, the device and whoever could unlock it, so no code is asked for. */
export async function loginWithPasskey(visit: Visit) {
  const { db, device, form, site, member } = visit;
  const { challenge } = takeKept(visit, 'login');
  const proving = { credential: readCredential(form['credential']), challenge };
  const id = await provePasskey(db, theParty(visit), proving).catch(async (error: unknown) => {
    const entry = { accountId: null, address: device.address, detail: { by: 'passkey' } };
    if (isWrong(error)) await audit(db, { ...entry, act: 'sign_in_failed' });
    throw error;
  });
  await site.limits.giveBack('login', countedAs(member, device.address));
  return letIn(visit, id, 'passkey');
}

/** For the page that asks again: one of the member's own passkeys. */
export async function againOptions(visit: MemberVisit) {
  const options = await askForPasskey(visit.db, theParty(visit), visit.member.id);
  keepChallenge(visit, 'again', options.challenge);
  return seeOther('/account/again', { status: 200, body: { options } });
}
