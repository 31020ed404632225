import type { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { askExport, findExport, findExportFile, KEPT_DAYS, type Export } from '../transfer/index.ts';
import { bytes, page, seeOther } from './answer.ts';
import { errorsOf } from './fields.ts';
import type { MemberVisit } from './visit.ts';

const FILE = '/account/data/file';

/** /account/data: everything of one's own as a zip, asked for, on its way, or there. */
export async function dataPage(visit: MemberVisit, refusal: Refusal | null = null) {
  const found = await findExport(visit.db, visit.member.id);
  const locals = { found, file: FILE, days: KEPT_DAYS, errors: errorsOf(refusal) };
  return page('account/data', locals, { title: say('data.heading'), json: () => ({ export: exportJson(found) }) });
}

function exportJson(found: Export | null) {
  if (!found || found.state === 'making') return found && { state: 'making', percent: found.percent };
  const expires_at = new Date(found.expiresAt).toISOString();
  return { state: 'ready', percent: 100, url: FILE, bytes: found.bytes, expires_at };
}

export async function askForExport(visit: MemberVisit) {
  const { db, site, member, device } = visit;
  await askExport(db, site.storage, { accountId: member.id, address: device.address });
  site.wake();
  visit.say('done', 'data.asked');
  return seeOther('/account/data', { status: 202, body: { export: exportJson(await findExport(db, member.id)) } });
}

/** The zip, for its owner alone: the address is the same for everyone, and each gets their own. */
export async function exportFile({ db, member }: MemberVisit) {
  return bytes(await findExportFile(db, member.id), `bowerbird-${member.username}.zip`);
}
