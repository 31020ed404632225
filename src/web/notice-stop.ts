import { notFound } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import { getsMails, stopMails, stoppedBy } from '../social/index.ts';
import { secretPage, seeOther, text } from './answer.ts';
import { isOneClick } from './one-click.ts';
import { tokenIn } from './passwords.ts';
import type { Visit } from './visit.ts';

function whose(visit: Visit): number {
  const id = stoppedBy(visit.site.signer, tokenIn(visit));
  if (id === null) throw notFound();
  return id;
}

const pathOf = (visit: Visit) => `/account/notices/stop/${encodeURIComponent(tokenIn(visit))}`;

/** The page behind the link of a mail: a button, since programs that read mail open links before people do. */
export async function stopPage(visit: Visit) {
  const on = await getsMails(visit.db, whose(visit));
  const locals = { on, action: pathOf(visit) };
  return secretPage('account/notice-stop', locals, { title: say('notices.stop'), json: () => ({ mails: on }) });
}

/** Ends the mails, without a sign-in; what a mail program sends by itself is answered without leading on (RFC 8058). */
export async function stop(visit: Visit) {
  await stopMails(visit.db, whose(visit));
  if (isOneClick(visit.form)) return text('text/plain; charset=utf-8', 'stopped\n');
  return seeOther(pathOf(visit), { status: 200, body: { mails: false } });
}
