import { boardPath } from '../api/boards.ts';
import { noticeJson, noticeSettingsForm, readNoticesForm } from '../api/notices.ts';
import { readForm, readSent } from '../api/read.ts';
import { invitationsOf, type Invitation } from '../boards/index.ts';
import type { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import {
  markRead,
  NOTICE_KINDS,
  NOTICE_WAYS,
  readNotices,
  readNoticeSettings,
  setNoticeSettings,
} from '../social/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { together } from './notices-together.ts';
import type { MemberVisit } from './visit.ts';
import { keyPager } from './lists.ts';

const PATH = '/account/notices';
const SETTINGS = '/account/notices/settings';

/** GET /account/notices: what others did to what is one's own, and where they named one. */
export async function noticesPage({ db, reader, member, query }: MemberVisit) {
  const after = query.get('after');
  const { notices, next: cursor } = await readNotices(db, { ...reader, id: member.id }, after);
  const next = cursor && `${PATH}?after=${cursor}`;
  const locals = {
    groups: together(notices),
    upto: notices[0]?.id ?? 0,
    unread: member.unread,
    invitations: after === null ? (await invitationsOf(db, member.id)).map(invitationShown) : [],
    pager: keyPager(PATH, after, next),
  };
  const json = () => ({ notices: notices.map(noticeJson), unread: member.unread, next });
  return page('account/notices', locals, { title: say('notices.heading'), json });
}

const invitationShown = (one: Invitation) => ({ ...one, href: boardPath(one) });

/** POST /account/notices: all that were on the page are read. */
export async function readThem({ db, member, form }: MemberVisit) {
  const { upto } = readForm(readNoticesForm, form);
  const read = await markRead(db, member.id, upto);
  return seeOther(PATH, { status: 200, body: { read } });
}

export async function settingsPage({ db, member }: MemberVisit) {
  return showSettings(await readNoticeSettings(db, member.id), null);
}

export const settingsAgain = ({ form }: MemberVisit, refusal: Refusal) =>
  showSettings(Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, typed(form, kind)])), refusal);

function showSettings(settings: Readonly<Record<string, string>>, refusal: Refusal | null) {
  const options = NOTICE_WAYS.map((value) => ({ value, text: say(`notices.way.${value}`) }));
  const kinds = NOTICE_KINDS.map((kind) => ({ kind, words: say(`notices.kind.${kind}`), value: settings[kind] }));
  const locals = { kinds, options, errors: errorsOf(refusal) };
  return page('account/notice-settings', locals, { title: say('notices.settings'), json: () => ({ settings }) });
}

/** POST /account/notices/settings: a script sends what it wants to change. */
export async function changeSettings({ db, member, form, say: leave }: MemberVisit) {
  await setNoticeSettings(db, member.id, readSent(noticeSettingsForm, form));
  leave('done', 'notices.settings.saved');
  return seeOther(SETTINGS, { status: 200, body: { settings: await readNoticeSettings(db, member.id) } });
}
