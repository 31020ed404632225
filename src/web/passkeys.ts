import {
  addPasskey,
  askForNewPasskey,
  checkPasskeyName,
  listPasskeys,
  partyOf,
  removePasskey,
  renamePasskey,
  type Passkey,
} from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { readDevice } from '../lib/device.ts';
import { say, words } from '../lib/words/index.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { fromOf } from './from.ts';
import { keepChallenge, readCredential, takeKept, theParty } from './passkey-steps.ts';
import type { MemberVisit } from './visit.ts';

/** /account/passkeys: the keys that open this account without a password. */
export async function passkeysPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const passkeys = (await listPasskeys(visit.db, visit.member.id)).map(asJson);
  const form = { name: typed(visit.form, 'name') };
  const possible = partyOf(visit.site.config.baseUrl) !== null;
  const locals = { passkeys, form, errors: errorsOf(refusal), possible };
  return page('account/passkeys', locals, { title: say('passkeys.heading'), json: () => ({ passkeys }) });
}

const asJson = ({ id, name, synced, createdAt, usedAt }: Passkey) => ({
  id,
  name,
  synced,
  created_at: new Date(createdAt).toISOString(),
  used_at: usedAt === null ? null : new Date(usedAt).toISOString(),
});

/** For the page's script: what `navigator.credentials.create` takes. */
export async function newPasskeyOptions(visit: MemberVisit) {
  const { db, member } = visit;
  const options = await askForNewPasskey(db, theParty(visit), member);
  keepChallenge(visit, 'add', options.challenge, options.user.id);
  return seeOther('/account/passkeys', { status: 200, body: { options } });
}

type Action = (visit: MemberVisit) => Promise<Answer>;

const ACTIONS = new Map<string, Action>([
  ['add', add],
  ['rename', rename],
  ['remove', remove],
]);

/** What a form of the page asks for: `action` is add (`credential`, `name`), rename or remove (`passkey`, a number). */
export async function changePasskeys(visit: MemberVisit): Promise<Answer> {
  const action = ACTIONS.get(typed(visit.form, 'action'));
  if (action) return action(visit);
  const params = { choices: [...ACTIONS.keys()].join(', ') };
  throw new Refusal(422, 'invalid', 'field.choice', { field: 'action', params });
}

async function add(visit: MemberVisit) {
  const { db, member, device, form, site } = visit;
  const { browser, system } = readDevice(device.userAgent);
  const name = checkPasskeyName(typed(form, 'name'), system ?? browser ?? words('passkeys.unnamed'));
  const { challenge, handle } = takeKept(visit, 'add');
  const made = { credential: readCredential(form['credential']), challenge, handle, name };
  const id = await addPasskey(db, theParty(visit), fromOf(visit), made);
  site.wake();
  visit.say('done', 'passkeys.added', { name });
  const passkey = (await listPasskeys(db, member.id)).find((one) => one.id === id);
  return seeOther('/account/passkeys', { status: 201, body: { passkey: passkey ? asJson(passkey) : null } });
}

async function rename(visit: MemberVisit) {
  const name = checkPasskeyName(typed(visit.form, 'name'), '');
  if (!name) throw new Refusal(422, 'invalid', 'field.missing', { field: 'name' });
  await renamePasskey(visit.db, visit.member.id, idOf(visit), name);
  visit.say('done', 'passkeys.renamed', { name });
  return seeOther('/account/passkeys', { status: 200, body: { renamed: true } });
}

async function remove(visit: MemberVisit) {
  const { db, site } = visit;
  const name = await removePasskey(db, fromOf(visit), idOf(visit), site.config.require2fa);
  site.wake();
  visit.say('done', 'passkeys.removed', { name });
  return seeOther('/account/passkeys', { status: 200, body: { removed: true } });
}

/** What is no number is nobody's passkey. */
function idOf({ form }: MemberVisit): number {
  const text = typed(form, 'passkey') || String(form['passkey'] ?? '');
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}
