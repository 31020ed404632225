import { findByIdentity, linkIdentity, listIdentities, registerByIdentity, unlinkIdentity } from '../accounts/index.ts';
import { newcomerForm, providerForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { notFound, Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import type { Identity, Provider } from '../net/oidc/index.ts';
import { loginPage } from './accounts.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { SignInFirst } from './doors.ts';
import { errorsOf, typed } from './fields.ts';
import { fromOf } from './from.ts';
import { letIn, nextOf, welcome } from './sign-in.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** How long somebody may be away at a provider, and how long who came back may take to choose a name. */
const AWAY_MS = 10 * 60 * 1000;

/** What a journey is for: to sign in, to link the account at hand, or to show once more who is there. */
type Purpose = 'sign-in' | 'link' | 'again';

const providerOf = ({ site }: Visit, key: string): Provider => {
  const provider = site.providers.find((one) => one.key === key);
  if (!provider) throw notFound();
  return provider;
};

/** POST /account/login/with/PROVIDER. */
export const signInWith = (visit: Visit) => depart(visit, visit.params['provider'] ?? '', 'sign-in', nextOf(visit));

/**
 * Sends the browser to a provider, by a page that leads on: a redirect after a form would be stopped by the rule that our
 * forms lead nowhere else.
 */
async function depart(visit: Visit, key: string, purpose: Purpose, next: string | null): Promise<Answer> {
  const provider = providerOf(visit, key);
  const { url, journey } = await provider.begin(purpose === 'again');
  const about = { provider: key, purpose, account: visit.member?.id ?? 0, next: next ?? '' };
  visit.slips.put('identity', { ...journey, ...about }, AWAY_MS);
  const locals = { url, name: provider.name };
  return page('account/leaving', locals, {
    title: say('identity.leaving', { name: provider.name }),
    json: () => ({ url }),
  });
}

/** GET /account/login/from/PROVIDER: back from a provider, with what was begun in this very browser. */
export async function comeBack(visit: Visit): Promise<Answer> {
  const slip = visit.slips.read('identity');
  visit.slips.drop('identity');
  if (!slip || slip['provider'] !== visit.params['provider']) throw new Refusal(403, 'not_begun', 'identity.not_begun');
  const provider = providerOf(visit, String(slip['provider']));
  const secrets = { state: String(slip['state']), nonce: String(slip['nonce']), verifier: String(slip['verifier']) };
  visit.form = { next: String(slip['next']) };
  const identity = await provider.finish(visit.here, { ...secrets, since: Number(slip['since']) });
  if (slip['purpose'] === 'sign-in') return signInBy(visit, provider, identity);
  if (!visit.member || visit.member.id !== slip['account']) throw new SignInFirst();
  return slip['purpose'] === 'link'
    ? link(visit as MemberVisit, provider, identity)
    : again(visit as MemberVisit, identity);
}

/** Whom a provider did not let in stands before the other ways in, still on their way to where they were going. */
export function tryAnotherWay(visit: Visit, refusal: Refusal): Answer {
  if (visit.member || refusal instanceof SignInFirst || refusal.status === 404) throw refusal;
  return loginPage(visit, refusal);
}

async function signInBy(visit: Visit, provider: Provider, identity: Identity): Promise<Answer> {
  const accountId = await findByIdentity(visit.db, identity);
  if (accountId !== null) return letIn(visit, accountId, 'identity');
  refuseNewcomer(visit, identity);
  const { issuer, subject, email, emailConfirmed, nickname } = identity;
  const told = { email: email ?? '', confirmed: emailConfirmed ? 1 : 0, nickname: nickname ?? '', name: provider.name };
  visit.slips.put('newcomer', { issuer, subject, ...told, next: typed(visit.form, 'next') }, AWAY_MS);
  return seeOther('/account/register/identity');
}

/** Where only invited people join, or an email has to be confirmed and the provider has not done so, others join by the form. */
function refuseNewcomer({ site }: Visit, { emailConfirmed }: Identity) {
  const { registration, confirmEmail } = site.config;
  if (registration !== 'open') throw new Refusal(403, 'closed', 'identity.closed');
  if (confirmEmail && !emailConfirmed) throw new Refusal(403, 'provider_unconfirmed', 'identity.unconfirmed');
}

async function link(visit: MemberVisit, { name }: Provider, identity: Identity): Promise<Answer> {
  const { issuer, subject, email } = identity;
  await linkIdentity(visit.db, fromOf(visit), { issuer, subject, email: email ?? '', name });
  visit.site.wake();
  visit.say('done', 'identity.linked');
  return seeOther('/account/identities');
}

/** The session gets a new id with the proof, as with a password (ASVS 7.2.4). */
async function again(visit: MemberVisit, identity: Identity): Promise<Answer> {
  if ((await findByIdentity(visit.db, identity)) !== visit.member.id)
    throw new Refusal(403, 'other', 'identity.not_yours');
  await visit.signIn(visit.member.id);
  return seeOther(nextOf(visit) ?? '/account');
}

/** POST /account/again/with/PROVIDER: for who has no password here. */
export const againWith = (visit: MemberVisit) => depart(visit, visit.params['provider'] ?? '', 'again', nextOf(visit));

/** GET, POST /account/register/identity: the one thing that a provider cannot say is the name they want here. */
export function newcomerPage(visit: Visit, refusal: Refusal | null = null): Answer {
  const slip = visit.slips.read('newcomer');
  if (!slip && refusal) throw refusal;
  if (!slip) return seeOther('/account/login');
  const left = { username: typed(visit.form, 'username'), email: typed(visit.form, 'email') };
  const told = { username: nameFrom(String(slip['nickname'])), email: String(slip['email']) };
  const locals = {
    form: refusal ? left : told,
    errors: errorsOf(refusal),
    name: slip['name'],
    fixed: slip['confirmed'] === 1,
  };
  return page('account/newcomer', locals, { title: say('identity.newcomer') });
}

/** What of a name elsewhere can be one here. */
const nameFrom = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/@.*$/, '')
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .slice(0, 30)
    .replace(/^[^\p{L}\p{N}]+|[.-]+$/gu, '');

export async function joinAsNewcomer(visit: Visit): Promise<Answer> {
  const slip = visit.slips.read('newcomer');
  if (!slip) return seeOther('/account/login');
  const form = readForm(newcomerForm, visit.form);
  const confirmed = slip['confirmed'] === 1;
  const id = await registerByIdentity(visit.db, {
    issuer: String(slip['issuer']),
    subject: String(slip['subject']),
    username: form.username,
    // An address that the provider vouches for is taken from it; what is typed instead is nobody's word but theirs.
    email: confirmed ? String(slip['email']) : form.email,
    emailConfirmed: confirmed,
    address: visit.device.address,
  });
  visit.slips.drop('newcomer');
  visit.form = { next: String(slip['next']) };
  return welcome(visit, id, 'identity');
}

/** GET /account/identities: the accounts elsewhere that open this one. */
export async function identitiesPage(visit: MemberVisit, refusal: Refusal | null = null): Promise<Answer> {
  const linked = await listIdentities(visit.db, visit.member.id);
  const providers = visit.site.providers.map(({ key, name, issuer }) => ({
    key,
    name,
    linked: linked.find((one) => one.issuer === issuer) ?? null,
  }));
  const json = () => ({
    providers: providers.map((one) => ({ provider: one.key, name: one.name, linked: one.linked !== null })),
  });
  return page(
    'account/identities',
    { providers, errors: errorsOf(refusal) },
    { title: say('account.nav.identities'), json },
  );
}

export async function changeLinked(visit: MemberVisit): Promise<Answer> {
  const { action, provider: key } = readForm(providerForm, visit.form);
  if (action === 'link') return depart(visit, key, 'link', null);
  await unlinkIdentity(visit.db, fromOf(visit), providerOf(visit, key));
  visit.site.wake();
  visit.say('done', 'identity.unlinked');
  return seeOther('/account/identities', { status: 200, body: { unlinked: true } });
}
