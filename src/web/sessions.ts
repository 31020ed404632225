import { audit, endNamedSession, endOtherSessions, listSessions } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { readDevice } from '../lib/device.ts';
import { say, words, type Said } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import type { MemberVisit } from './visit.ts';

/** /account/sessions: where one is signed in. */
export async function sessionsPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const { db, member, sessionHash, site } = visit;
  const sessions = await listSessions(db, member.id, sessionHash, site.config.sessionIdleMs);
  const shown = sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) }));
  const iso = (at: number) => new Date(at).toISOString();
  const json = () => ({
    sessions: shown.map(({ id, device, address, since, seenAt, current }) => ({
      id,
      device,
      address,
      current,
      created_at: iso(since),
      seen_at: iso(seenAt),
    })),
  });
  const locals = { sessions: shown, errors: errorsOf(refusal) };
  return page('account/sessions', locals, { title: say('sessions.heading'), json });
}

/** "Firefox on Linux", as far as the browser says it. */
function deviceName(userAgent: string): string | Said {
  const { browser, system } = readDevice(userAgent);
  if (browser && system) return say('sessions.device', { browser, system });
  return browser ?? system ?? say('sessions.unknown');
}

/** Ends one session, or with `session=others` all but this one. */
export async function endSessions(visit: MemberVisit) {
  const wanted = typed(visit.form, 'session');
  return wanted === 'others' ? endOthers(visit) : endOne(visit, wanted);
}

async function endOthers(visit: MemberVisit) {
  const ended = await endOtherSessions(visit.db, visit.member.id, visit.sessionHash);
  if (ended > 0) await record(visit, words('sessions.others_ended', { count: ended }));
  visit.say('done', 'sessions.others_ended', { count: ended });
  return seeOther('/account/sessions', { status: 200, body: { ended } });
}

async function endOne(visit: MemberVisit, id: string) {
  const { db, member, sessionHash, site } = visit;
  const all = await listSessions(db, member.id, sessionHash, site.config.sessionIdleMs);
  const wanted = all.find((session) => session.id === id);
  if (!wanted || !(await endNamedSession(db, member.id, id)))
    throw new Refusal(422, 'unknown', 'sessions.gone', { field: 'session' });
  const device = String(deviceName(wanted.userAgent));
  await record(visit, device);
  if (wanted.current) await visit.signOut();
  visit.say('done', wanted.current ? 'said.signed_out' : 'sessions.ended', wanted.current ? {} : { device });
  return seeOther(wanted.current ? '/' : '/account/sessions', { status: 200, body: { ended: 1 } });
}

const record = ({ db, member, device }: MemberVisit, subject: string) =>
  audit(db, { accountId: member.id, act: 'session_ended', subject, address: device.address });
