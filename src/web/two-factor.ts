import {
  beginTwoFactor,
  confirmTwoFactor,
  dropTwoFactor,
  hasTwoFactor,
  renewCodes,
  totpAddress,
  twoFactorOf,
} from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { qrPath } from '../lib/qr.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { fromOf } from './from.ts';
import type { MemberVisit } from './visit.ts';

/** /account/two-factor: whether signing in also takes a code of an authenticator app. */
export async function twoFactorPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const { db, vault, member } = visit;
  const factor = await twoFactorOf(db, vault, member.id);
  const app = factor.state === 'begun' ? appOf(factor.secret, member.username) : null;
  const since = factor.state === 'on' ? new Date(factor.since).toISOString() : null;
  const locals = { factor, since, app, errors: errorsOf(refusal), required: visit.site.config.require2fa };
  const json = () => ({
    two_factor: { state: factor.state, recovery_codes_left: factor.state === 'on' ? factor.codesLeft : 0 },
  });
  return page('account/two-factor', locals, { title: say('two_factor.heading'), json });
}

/** What the app needs, as a picture, as a link and to be typed. */
function appOf(secret: string, username: string) {
  const address = totpAddress(secret, username);
  return { address, qr: qrPath(address), key: secret.match(/.{1,4}/g)?.join(' ') ?? secret };
}

type Action = (visit: MemberVisit) => Promise<Answer>;

const ACTIONS = new Map<string, Action>([
  ['begin', begin],
  ['confirm', confirm],
  ['off', turnOff],
  ['codes', newCodes],
]);

/** What a form of the page asks for: `action` is begin, confirm (with `code`), off or codes. */
export async function changeTwoFactor(visit: MemberVisit): Promise<Answer> {
  const action = ACTIONS.get(typed(visit.form, 'action'));
  if (action) return action(visit);
  const params = { choices: [...ACTIONS.keys()].join(', ') };
  throw new Refusal(422, 'invalid', 'field.choice', { field: 'action', params });
}

async function begin({ db, vault, member }: MemberVisit) {
  const secret = await beginTwoFactor(db, vault, member.id);
  const body = { secret, address: totpAddress(secret, member.username) };
  return seeOther('/account/two-factor', { status: 201, body });
}

/** All sessions end with the change; the one at hand goes on under a new id (ASVS 7.2.4, 7.4.3). */
async function confirm(visit: MemberVisit) {
  const { db, vault, member, site } = visit;
  const codes = await confirmTwoFactor(db, { vault, hashing: site.hashing }, fromOf(visit), typed(visit.form, 'code'));
  site.wake();
  const csrf = await visit.signIn(member.id);
  return showCodes(codes, csrf);
}

async function turnOff(visit: MemberVisit) {
  const { db, member, site } = visit;
  if (site.config.require2fa && (await hasTwoFactor(db, member.id)))
    throw new Refusal(409, 'required', 'two_factor.stays');
  const wasOn = await dropTwoFactor(db, fromOf(visit));
  site.wake();
  const body: Record<string, unknown> = { two_factor: { state: 'off' } };
  if (wasOn) body['csrf'] = await visit.signIn(member.id);
  if (wasOn) visit.say('done', 'two_factor.off_now');
  return seeOther('/account/two-factor', { status: 200, body });
}

async function newCodes(visit: MemberVisit) {
  const codes = await renewCodes(visit.db, visit.site.hashing, fromOf(visit));
  visit.site.wake();
  return showCodes(codes);
}

/** The codes stand on this one answer and nowhere else, so it is a page and no redirect. */
const showCodes = (codes: readonly string[], csrf?: string) =>
  page(
    'account/recovery-codes',
    { codes },
    {
      title: say('recovery.heading'),
      json: () => ({ two_factor: { state: 'on' }, recovery_codes: codes, ...(csrf ? { csrf } : {}) }),
    },
  );
