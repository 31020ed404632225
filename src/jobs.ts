import {
  sendConfirm,
  sendEmailChange,
  sendReset,
  sweepChallenges,
  sweepInvitations,
  sweepLinks,
  sweepLog,
  sweepSessions,
} from './accounts/index.ts';
import { makeTiers, purgeBin, sweepDrafts, sweepStrays } from './images/index.ts';
import { sendJob } from './mail/index.ts';
import {
  ensureRecurring,
  recurring,
  startWorker,
  type Handler,
  type Worker,
  type WorkerSettings,
} from './queue/index.ts';
import type { Site } from './web/visit.ts';

const HOUR = 60 * 60 * 1000;

/** Work that comes round by itself, and how often. */
const RECURRING: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  sweepStrays: ({ db, storage }) => sweepStrays(db, storage),
  sweepTemporary: ({ storage }) => storage.sweepTemporary(HOUR),
  sweepDrafts: ({ db, storage }) => sweepDrafts(db, storage),
  sweepLinks: ({ db }) => sweepLinks(db),
  sweepInvitations: ({ db }) => sweepInvitations(db),
  sweepChallenges: ({ db }) => sweepChallenges(db),
  sweepSessions: ({ db, config }) => sweepSessions(db, config.sessionIdleMs),
  sweepLog: ({ db }) => sweepLog(db),
  purgeBin: ({ db, storage, config }) => purgeBin(db, storage, config.trashMs),
};

const sending = ({ db, mailer, log, config }: Site) => ({ db, mailer, log, site: config.baseUrl });

/** Every background job, a line each: what it takes, and who does it. */
const handlers = (site: Site): Record<string, Handler> => ({
  makeTiers: (job) => makeTiers(site.db, site, Number(job.payload['image'])),
  sendMail: (job) => sendJob(sending(site), job),
  sendReset: (job) => sendReset(sending(site), job),
  sendConfirm: (job) => sendConfirm(sending(site), job),
  sendEmailChange: (job) => sendEmailChange(sending(site), job),
  ...Object.fromEntries(
    Object.entries(RECURRING).map(([kind, work]) => [
      kind,
      recurring(site.db, HOUR, async () => void (await work(site))),
    ]),
  ),
});

/** Begins to work through the jobs, and makes sure that what recurs is among them. */
export async function startJobs(site: Site, more: Partial<WorkerSettings> = {}): Promise<Worker> {
  for (const kind of Object.keys(RECURRING)) await ensureRecurring(site.db, kind, HOUR);
  const { db, log, config } = site;
  return startWorker({ db, handlers: handlers(site), log, concurrency: config.workers, ...more });
}
