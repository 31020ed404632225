import { invitationForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { INVITATION_DAYS, invite } from '../accounts/index.ts';
import type { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import type { MemberVisit } from './visit.ts';

const show = (visit: MemberVisit, refusal: Refusal | null, link: string | null) => ({
  form: { email: refusal ? typed(visit.form, 'email') : '' },
  errors: errorsOf(refusal),
  days: INVITATION_DAYS,
  link,
});

export const invitationsPage = (visit: MemberVisit, refusal: Refusal | null = null) =>
  page('admin/invitations', show(visit, refusal, null), { title: say('invitations.heading') });

/** Answers the link itself: it is shown this once, and kept as a hash. */
export async function makeInvitation(visit: MemberVisit) {
  const { db, member, site, device } = visit;
  const { email } = readForm(invitationForm, visit.form);
  const by = { by: member.id, address: device.address, ...(email ? { email } : {}) };
  const { link, expiresAt } = await invite(db, site.config.baseUrl, by);
  return page('admin/invitations', show(visit, null, link), {
    title: say('invitations.heading'),
    status: 201,
    json: () => ({ invitation: { url: link, expires_at: new Date(expiresAt).toISOString() } }),
  });
}
