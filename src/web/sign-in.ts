import { admitAccount, audit, dayOf, findPersonById, leavingUntil, type Proof } from '../accounts/index.ts';
import { personJson } from '../api/people.ts';
import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { countOf, profile } from '../feed/index.ts';
import { seeOther, type Answer } from './answer.ts';
import { readNext } from './edge/next.ts';
import { typed } from './fields.ts';
import type { Visit } from './visit.ts';

/** How long the first proof waits for the code. */
const CODE_MS = 10 * 60 * 1000;

/** Where to go on after signing in, from the form or the address. */
export const nextOf = ({ form, query }: Visit): string | null => readNext(typed(form, 'next') || query.get('next'));

/** An address with `next` behind it, if there is one. */
export const withNext = (address: string, next: string | null): string =>
  next === null ? address : `${address}?next=${encodeURIComponent(next)}`;

/** Lets in whoever has given the first proof, or asks them for a code. Every way to sign in ends here. */
export async function letIn(visit: Visit, accountId: number, proof: Proof): Promise<Answer> {
  const { needsCode, stamp } = await admitAccount(visit.db, accountId, proof);
  if (!needsCode) return welcome(visit, accountId, proof);
  visit.slips.put('code', { account: accountId, proof, stamp }, CODE_MS);
  if (visit.wantsJson) throw new Refusal(401, 'code_needed', 'code.needed', { field: 'code' });
  return seeOther(withNext('/account/login/code', nextOf(visit)));
}

/** Begins the session of somebody who has shown all there is to show. */
export async function welcome(visit: Visit, accountId: number, proof: Proof): Promise<Answer> {
  const until = await leavingUntil(visit.db, accountId);
  if (until !== null) return offerReturn(visit, accountId, proof, until);
  const { db, device } = visit;
  const csrf = await visit.signIn(accountId, { key: 'said.signed_in' });
  await audit(db, { accountId, act: 'signed_in', address: device.address, detail: { by: proof } });
  return seeOther(nextOf(visit) ?? '/account', { status: 200, body: { person: await whoIs(db, accountId), csrf } });
}

/** Whose account is about to be deleted gets no session, but may take the deletion back, and nothing else. */
async function offerReturn(visit: Visit, accountId: number, proof: Proof, until: number): Promise<Answer> {
  const { stamp } = await admitAccount(visit.db, accountId, proof);
  visit.slips.put('return', { account: accountId, proof, stamp }, CODE_MS);
  if (visit.wantsJson) throw new Refusal(401, 'leaving', 'leaving.return_first', { params: { date: dayOf(until) } });
  return seeOther(withNext('/account/return', nextOf(visit)));
}

export const whoIs = async (db: Db, id: number) =>
  personJson(await findPersonById(db, id), await countOf(db, profile({ id }, id)));
