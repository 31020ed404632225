import { loginForm, registerForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import {
  accountOf,
  askToJoin,
  audit,
  foldName,
  isInvited,
  register,
  type Act,
  type Registration,
} from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { LANGUAGES, say } from '../lib/words/index.ts';
import { page, secretPage, seeOther } from './answer.ts';
import { countedAs, isWrong } from './edge/limits.ts';
import { errorsOf, typed } from './fields.ts';
import { letIn, nextOf, whoIs } from './sign-in.ts';
import type { Visit } from './visit.ts';

export async function registerPage(visit: Visit, refusal: Refusal | null = null) {
  if (visit.member && !refusal) return seeOther(nextOf(visit) ?? '/account');
  const invite = inviteOf(visit);
  const form = { username: typed(visit.form, 'username'), email: typed(visit.form, 'email') };
  const why = await whyShut(visit, invite);
  const locals = { form, errors: errorsOf(refusal), next: nextOf(visit), invite, why };
  const options = { title: say('register.heading') };
  return invite ? secretPage('account/register', locals, options) : page('account/register', locals, options);
}

/** Why one cannot join just now, or not with this link; null when one can. */
async function whyShut(
  { site, db }: Visit,
  invite: string,
): Promise<'closed' | 'invite_over' | 'invite_needed' | null> {
  const { registration } = site.config;
  if (registration === 'closed') return 'closed';
  if (registration === 'open' || (await isInvited(db, invite))) return null;
  return invite ? 'invite_over' : 'invite_needed';
}

/** English is what is read by whoever says nothing: it needs no row, and their next browser may say something else. */
const languageKept = ({ language }: Visit) => (language === LANGUAGES[0] ? null : language);

/** The secret of an invitation, from its link or from the form that the link opened. */
const inviteOf = ({ form, query }: Visit) => (typed(form, 'invite') || (query.get('invite') ?? '')).slice(0, 100);

export async function registerAccount(visit: Visit) {
  const { registration, confirmEmail, baseUrl } = visit.site.config;
  if (registration === 'closed') throw new Refusal(422, 'closed', 'account.closed');
  const { invite, ...fields } = readForm(registerForm, visit.form);
  const host = new URL(baseUrl).hostname;
  const form = {
    ...fields,
    host,
    address: visit.device.address,
    language: languageKept(visit),
    ...(registration === 'invite' ? { invite } : {}),
  };
  return confirmEmail ? beginJoining(visit, form) : join(visit, form);
}

async function join(visit: Visit, form: Registration) {
  const id = await register(visit.db, visit.site.hashing, form);
  const csrf = await visit.signIn(id, {
    greeting: { key: 'said.welcome', params: { name: form.username } },
  });
  return seeOther(nextOf(visit) ?? '/account', { status: 201, body: { person: await whoIs(visit.db, id), csrf } });
}

/** The same answer whether or not the email has an account. */
async function beginJoining({ db, site }: Visit, form: Registration) {
  const username = await askToJoin(db, site.hashing, form);
  site.wake();
  const person = { username, name: '', bio: '', followers: 0, following: 0, images: 0 };
  return seeOther('/account/confirm', { status: 201, body: { person, confirm: true } });
}

export function loginPage(visit: Visit, refusal: Refusal | null = null) {
  if (visit.member && !refusal) return seeOther(nextOf(visit) ?? '/account');
  const locals = {
    form: { login: typed(visit.form, 'login') },
    errors: errorsOf(refusal),
    next: nextOf(visit),
    unconfirmed: refusal?.code === 'unconfirmed',
  };
  return page('account/login', locals, { title: say('nav.login') });
}

/** Wrong passwords are counted for a name from one network: guessing from elsewhere never locks the owner out. */
export async function login(visit: Visit) {
  const { login, password } = readForm(loginForm, visit.form);
  const { member, device, site } = visit;
  const account = foldName(login.trim()).slice(0, 400);
  const check = () => visit.authenticate(login, password);
  const id = await site.limits
    .guess('password', { account, address: device.address }, check)
    .catch(failed(visit, login));
  await site.limits.giveBack('login', countedAs(member, device.address));
  return letIn(visit, id, 'password');
}

/** Recorded for whoever's account it is, or for nobody: what was typed may be a password in the wrong field. */
const failed =
  (visit: Visit, login: string) =>
  async (error: unknown): Promise<never> => {
    if (isWrong(error)) await record(visit, await accountOf(visit.db, login), 'sign_in_failed');
    throw error;
  };

const record = ({ db, device }: Visit, accountId: number | null, act: Act) =>
  audit(db, { accountId, act, address: device.address });

export async function logout(visit: Visit) {
  await visit.signOut();
  if (visit.member) await record(visit, visit.member.id, 'signed_out');
  visit.say('done', 'said.signed_out');
  return seeOther('/', { status: 200, body: { signed_out: true } });
}
