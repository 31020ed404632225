import { hasSecondFactor } from '../../accounts/index.ts';
import { SecondFactorFirst } from '../doors.ts';
import type { Visit } from '../visit.ts';

/** Where a member gets a second factor, and what that takes. */
const OPEN = new Set([
  '/healthz',
  '/readyz',
  '/account/again',
  '/account/again/options',
  '/account/logout',
  '/account/passkeys',
  '/account/passkeys/options',
  '/account/two-factor',
]);

/** Where the site wants a second factor (REQUIRE_2FA), whoever has none gets nowhere else. */
export async function askForSecondFactor({ db, member }: Visit, path: string): Promise<void> {
  if (member && !OPEN.has(path) && !(await hasSecondFactor(db, member.id))) throw new SecondFactorFirst();
}
