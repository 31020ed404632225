import { admitAccount, dayOf, findPersonById, type Admitted, type Proof } from '../accounts/index.ts';
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
  const admitted = await admitAccount(visit.db, accountId, proof);
  const { needsCode, stamp } = admitted;
  if (!needsCode) return enter(visit, accountId, proof, admitted);
  visit.slips.put('code', { account: accountId, proof, stamp }, CODE_MS);
  if (visit.wantsJson) throw new Refusal(401, 'code_needed', 'code.needed', { field: 'code' });
  return seeOther(withNext('/account/login/code', nextOf(visit)));
}

/** Begins the session of somebody who has shown all there is to show. */
export async function welcome(visit: Visit, accountId: number, proof: Proof): Promise<Answer> {
  return enter(visit, accountId, proof, await admitAccount(visit.db, accountId, proof));
}

async function enter(visit: Visit, accountId: number, proof: Proof, { leavingUntil, stamp }: Admitted) {
  if (leavingUntil !== null) return offerReturn(visit, { account: accountId, proof, stamp }, leavingUntil);
  const { db, wantsJson } = visit;
  const csrf = await visit.signIn(accountId, {
    greeting: { key: 'said.signed_in' },
    logged: { act: 'signed_in', detail: { by: proof } },
  });
  const body = wantsJson ? { person: await whoIs(db, accountId), csrf } : null;
  return seeOther(nextOf(visit) ?? '/account', { status: 200, body });
}

/** Whose account is about to be deleted gets no session, but may take the deletion back, and nothing else. */
function offerReturn(visit: Visit, who: Record<'account' | 'proof' | 'stamp', string | number>, until: number): Answer {
  visit.slips.put('return', who, CODE_MS);
  if (visit.wantsJson)
    throw new Refusal(401, 'leaving', 'leaving.return_first', { params: { date: dayOf(until, visit.language) } });
  return seeOther(withNext('/account/return', nextOf(visit)));
}

export const whoIs = async (db: Db, id: number) =>
  personJson(await findPersonById(db, id), await countOf(db, profile({ id }, id)));
