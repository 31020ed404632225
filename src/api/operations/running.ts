import { z } from 'zod';
import { accountShape, jobShape, loggedShape, removedShape, siteShape, usedShape } from '../desk.ts';
import { accountForm, invitationForm, jobForm } from '../forms.ts';
import { deletedShape, keyed, moment, number } from '../shape.ts';
import { aliasForm, aliasShape } from '../tags.ts';
import { asked, byKey, inGroup, type Operation } from './operation.ts';

const { reads, does } = inGroup('running');

const invitation = z.strictObject({ url: z.url(), expires_at: moment });
const alias = z.union([z.strictObject({ alias: aliasShape }), deletedShape]);
const changed = z.strictObject({ job: z.strictObject({ id: number, action: z.enum(['retry', 'drop']) }) });
const byState = byKey.extend({ state: asked });

export const runningOperations: readonly Operation[] = [
  reads('/admin', 'listAccounts', z.strictObject({ accounts: z.array(accountShape), ...keyed }), { query: byKey }),
  does('/admin/accounts/:id', 'changeAccount', z.strictObject({ account: accountShape.nullable() }), {
    form: accountForm,
  }),
  does('/admin/invitations', 'invite', { 201: z.strictObject({ invitation }) }, { form: invitationForm }),
  reads('/admin/log', 'readLog', z.strictObject({ entries: z.array(loggedShape), ...keyed }), { query: byKey }),
  reads('/admin/site', 'readSite', siteShape),
  reads('/admin/jobs', 'listJobs', z.strictObject({ jobs: z.array(jobShape), ...keyed }), { query: byState }),
  does('/admin/jobs/:id', 'changeJob', changed, { form: jobForm }),
  reads('/admin/storage', 'listStorage', z.strictObject({ members: z.array(usedShape), ...keyed }), { query: byKey }),
  reads('/moderation/comments', 'listRemoved', z.strictObject({ comments: z.array(removedShape), ...keyed }), {
    query: byKey,
  }),
  reads('/moderation/tags', 'listAliases', z.strictObject({ aliases: z.array(aliasShape), ...keyed }), {
    query: byKey,
  }),
  does('/moderation/tags', 'changeAlias', alias, { form: aliasForm }),
];
