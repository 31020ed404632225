import { readForm } from '../api/read.ts';
import { accountForm } from '../api/forms.ts';
import { notFound, Refusal } from '../errors.ts';
import { listAccounts, findAccountById, setDisabled, setRole, type Account } from '../moderation/index.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { errorsOf } from './fields.ts';
import { imageId as numberOf } from './params.ts';
import type { MemberVisit } from './visit.ts';
import { cutList, keyPager, numberBehind } from './lists.ts';

const SIZE = 50;

/** GET /admin: everybody who has an account, in the order in which they came. */
export async function accountsPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const found = await listAccounts(visit.db, { after: numberBehind(visit), size: SIZE + 1 });
  const { shown: accounts, next } = cutList(found, SIZE, '/admin', ({ id }) => id);
  const pager = keyPager('/admin', visit.query.get('after'), next, true);
  const locals = { accounts, pager, errors: errorsOf(refusal), own: visit.member.id };
  return page('admin/accounts', locals, {
    title: say('admin.heading'),
    json: () => ({ accounts: accounts.map(json), next }),
  });
}

const json = ({ username, email, role, disabled, createdAt }: Account) => ({
  username,
  email,
  role,
  disabled,
  created_at: new Date(createdAt).toISOString(),
});

/** POST /admin/accounts/ID: `action` disables or enables an account, or gives it the `role`. Nobody does so to themselves. */
export async function changeAccount(visit: MemberVisit) {
  const { db, member, device } = visit;
  const form = readForm(accountForm, visit.form);
  const id = numberOf(visit);
  if (id === member.id) throw new Refusal(422, 'invalid', 'admin.not_yourself', { field: 'action' });
  if (!(await findAccountById(db, id))) throw notFound();
  const by = { accountId: member.id, address: device.address };
  if (form.action === 'role') await setRole(db, id, form.role ?? 'member', by);
  else await setDisabled(db, id, form.action === 'disable', by);
  visit.say('done', 'admin.changed');
  const account = await findAccountById(db, id);
  return seeOther('/admin', { status: 200, body: { account: account && json(account) } });
}
