import { CHALLENGE_MS, partyOf, type Party } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import type { Visit } from './visit.ts';

/** What a challenge was made for: the answer to one opens nothing else. */
export type Use = 'add' | 'login' | 'again';

/** The site as passkeys know it; a Refusal where it has none. */
export function theParty({ site }: Visit): Party {
  const party = partyOf(site.config.baseUrl);
  if (!party) throw new Refusal(409, 'no_passkeys', 'passkeys.impossible');
  return party;
}

/** Lets the browser carry a challenge until it has the answer. */
export const keepChallenge = ({ slips, member }: Visit, use: Use, challenge: string, handle = '') =>
  slips.put('passkey', { use, challenge, handle, account: member?.id ?? 0 }, CHALLENGE_MS);

/** The challenge that went out to this browser, for this use and this person; it is read once. */
export function takeKept({ slips, member }: Visit, use: Use): { challenge: string; handle: string } {
  const slip = slips.read('passkey');
  slips.drop('passkey');
  if (!slip || slip['use'] !== use || slip['account'] !== (member?.id ?? 0))
    throw new Refusal(422, 'too_late', 'passkeys.late');
  return { challenge: String(slip['challenge']), handle: String(slip['handle']) };
}

/** More than any credential takes, with every extension there is. */
const LONGEST = 50_000;

/** What the browser made: an object in a JSON body, its text in a form. */
export function readCredential(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return given.length > LONGEST ? null : (JSON.parse(given) as unknown);
  } catch {
    return null;
  }
}
