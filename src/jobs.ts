import {
  beginForgetting,
  dueDeletions,
  forget as forgetPerson,
  remindLeaving,
  sendConfirm,
  sendEmailChange,
  sendReset,
  sweepChallenges,
  sweepInvitations,
  sweepLinks,
  sweepLog,
  sweepPastUsernames,
  sweepSessions,
} from './accounts/index.ts';
import { forget as forgetBoards, purgeBoards, sweepSlugs } from './boards/index.ts';
import { countRanks } from './feed/index.ts';
import {
  finishRetagging,
  forget as forgetImages,
  makeTiers,
  purgeBin,
  renderImages,
  repairTiers,
  sweepDrafts,
  sweepStrays,
  sweepViews,
} from './images/index.ts';
import { sendJob } from './mail/index.ts';
import {
  enqueue,
  ensureRecurring,
  recurring,
  startWorker,
  type Handler,
  type Worker,
  type WorkerSettings,
} from './queue/index.ts';
import { startKeeper } from './search/index.ts';
import { forget as forgetTogether, mailNotices, sweepNotices } from './social/index.ts';
import { changeMany, forget as forgetExport, makeExport, sweepExports, sweepMany } from './transfer/index.ts';
import { sweepCounts } from './web/edge/counters.ts';
import { logAlerts } from './web/alerts.ts';
import type { Site } from './web/visit.ts';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Work that comes round by itself, and how often. */
const RECURRING: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  sweepStrays: ({ db, storage }) => sweepStrays(db, storage),
  sweepTemporary: ({ storage }) => storage.sweepTemporary(HOUR),
  sweepDrafts: ({ db, storage }) => sweepDrafts(db, storage),
  sweepLinks: ({ db }) => sweepLinks(db),
  sweepInvitations: ({ db }) => sweepInvitations(db),
  sweepChallenges: ({ db }) => sweepChallenges(db),
  sweepSessions: ({ db, config }) => sweepSessions(db, config.sessionIdleMs),
  sweepCounts: ({ db }) => sweepCounts(db),
  sweepLog: ({ db }) => sweepLog(db),
  purgeBin: ({ db, storage, config }) => purgeBin(db, storage, config.trashMs),
  purgeBoards: ({ db, config }) => purgeBoards(db, config.trashMs),
  sweepSlugs: ({ db }) => sweepSlugs(db),
  sweepNames: ({ db }) => sweepPastUsernames(db),
  sweepExports: ({ db, storage }) => sweepExports(db, storage),
  sweepMany: ({ db }) => sweepMany(db),
  sweepNotices: ({ db }) => sweepNotices(db),
  sweepViews: ({ db }) => sweepViews(db),
  sweepLeaving: (site) => sweepLeaving(site),
  countRanks: ({ db }) => countRanks(db),
  logAlerts,
};

/** What comes round more often than every hour. */
const PERIODS: Readonly<Record<string, number>> = { countRanks: 10 * MINUTE };
const periodOf = (kind: string) => PERIODS[kind] ?? HOUR;

const sending = ({ db, mailer, log, config, signer }: Site) => ({ db, mailer, log, signer, site: config.baseUrl });

/** Every background job, a line each: what it takes, and who does it. */
const quick = (site: Site): Record<string, Handler> => ({
  makeTiers: (job) => makeTiers(site.db, site, Number(job.payload['image'])),
  repairTiers: (job) => repairTiers(site.db, site, Number(job.payload['image'])),
  sendMail: (job) => sendJob(sending(site), job),
  mailNotices: (job) => mailNotices(sending(site), job),
  sendReset: (job) => sendReset(sending(site), job),
  sendConfirm: (job) => sendConfirm(sending(site), job),
  sendEmailChange: (job) => sendEmailChange(sending(site), job),
  ...Object.fromEntries(
    Object.entries(RECURRING).map(([kind, work]) => [
      kind,
      recurring(site.db, periodOf(kind), async () => void (await work(site))),
    ]),
  ),
});

/** What may take minutes: it goes on beside the others, or they would all wait for one member's archive. */
const slow = (site: Site): Record<string, Handler> => ({
  makeExport: ({ payload }) =>
    makeExport(
      site.db,
      { storage: site.storage, site: site.config.baseUrl, step: site.step, wake: site.wake },
      { account: Number(payload['account']), run: String(payload['run']) },
    ),
  changeMany: ({ payload }) => changeMany(site.db, Number(payload['many']), site.nopin),
  renderImages: ({ payload }) => renderImages(site.db, site, String(payload['run'])),
  retag: ({ payload: { owner, from, to } }) =>
    finishRetagging(site.db, {
      owner: typeof owner === 'number' ? owner : null,
      from: Number(from),
      to: typeof to === 'string' ? to : null,
    }),
  forgetAccount: ({ payload }) => forgetAccount(site, Number(payload['account'])),
});

/** Tells those whose accounts go soon, and lets those go whose time is over. */
async function sweepLeaving({ db, config, wake }: Site) {
  await remindLeaving(db, config.baseUrl);
  for (const account of await dueDeletions(db))
    await enqueue(db, 'forgetAccount', { account }, { key: String(account) });
  wake();
}

/** Every room forgets somebody, the account itself last: what was cut off is begun anew and finds what is left. */
async function forgetAccount({ db, storage }: Site, id: number) {
  if (!(await beginForgetting(db, id))) return;
  await forgetExport(db, storage, id);
  await forgetTogether(db, id);
  await forgetBoards(db, id);
  await forgetImages(db, storage, id);
  await forgetPerson(db, id);
}

/** Begins to work through the jobs, and makes sure that what recurs is among them. */
export async function startJobs(site: Site, more: Partial<WorkerSettings> = {}): Promise<Worker> {
  for (const kind of Object.keys(RECURRING)) await ensureRecurring(site.db, kind, periodOf(kind));
  const { db, log, config } = site;
  const settings = { db, log, concurrency: config.workers, ...more };
  return together(startWorker({ ...settings, handlers: quick(site) }), [
    startWorker({ ...settings, handlers: slow(site), concurrency: 1 }),
    startKeeper(db, log),
  ]);
}

/** Several workers as one, which is full when the first of them is. */
function together(first: Worker, others: readonly Omit<Worker, 'isFull' | 'room'>[]): Worker {
  const workers = [first, ...others];
  return {
    wake: () => workers.forEach((worker) => worker.wake()),
    isFull: () => first.isFull(),
    room: () => first.room(),
    stop: async (graceMs) => void (await Promise.all(workers.map((worker) => worker.stop(graceMs)))),
    async idle() {
      // Twice, since the work of one leaves work for the other.
      for (const worker of [...workers, ...workers]) await worker.idle();
    },
  };
}
