import { jobForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { Refusal } from '../errors.ts';
import { decideJob } from '../moderation/index.ts';
import { usedByMembers, type Used } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { listJobs, type JobState, type ListedJob } from '../queue/index.ts';
import { alertsOf, lookAround } from './alerts.ts';
import { page, seeOther } from './answer.ts';
import { cutList, keyPager, numberBehind } from './lists.ts';
import { numberIn } from './params.ts';
import type { MemberVisit } from './visit.ts';

const SIZE = 50;
const STATES: readonly JobState[] = ['dead', 'waiting', 'running', 'later'];

/** GET /admin/site: what somebody should do something about, queue, disks and certificate. */
export async function machinePage({ site }: MemberVisit) {
  const { depth, free, certificateEnds } = await lookAround(site);
  const alerts = alertsOf({ depth, free, certificateEnds });
  const { waiting, later, running, dead, oldestMs } = depth;
  const jobs = { waiting, later, running, dead, oldest_ms: oldestMs };
  const ends = certificateEnds === null ? null : new Date(certificateEnds).toISOString();
  return page(
    'admin/site',
    { alerts, jobs, free, certificateEnds },
    {
      title: say('machine.heading'),
      json: () => ({ alerts, jobs, free, certificate_ends: ends }),
    },
  );
}

const jobJson = ({ id, kind, payload, state, attempts, runAt, createdAt, lastError }: ListedJob) => ({
  id: Number(id),
  kind,
  payload: JSON.parse(payload) as unknown,
  state,
  attempts,
  run_at: new Date(Number(runAt)).toISOString(),
  created_at: new Date(Number(createdAt)).toISOString(),
  last_error: lastError,
});

/** GET /admin/jobs: those that were given up, or with `state` others. */
export async function jobsPage(visit: MemberVisit) {
  const asked = visit.query.get('state') ?? 'dead';
  const state = STATES.find((one) => one === asked);
  if (!state) throw new Refusal(422, 'invalid', 'jobs.state', { field: 'state' });
  const path = state === 'dead' ? '/admin/jobs' : `/admin/jobs?state=${state}`;
  const found = await listJobs(visit.db, { state, after: numberBehind(visit), limit: SIZE + 1 });
  const { shown, next } = cutList(found, SIZE, path, ({ id }) => Number(id));
  const jobs = shown.map((job) => ({
    ...job,
    runAt: Number(job.runAt),
    createdAt: Number(job.createdAt),
    // Its first line says what went wrong; what follows is for whoever mends the program.
    lastError: job.lastError?.split('\n')[0] ?? null,
  }));
  const locals = { jobs, state, states: STATES, pager: keyPager(path, visit.query.get('after'), next, true) };
  return page('admin/jobs', locals, { title: say('jobs.heading'), json: () => ({ jobs: shown.map(jobJson), next }) });
}

/** POST /admin/jobs/ID: `action=retry` has it tried again at once, `drop` throws one away that was given up. */
export async function changeJob(visit: MemberVisit) {
  const { db, member, device, site } = visit;
  const { action } = readForm(jobForm, visit.form);
  const id = numberIn(visit, 'id');
  await decideJob(db, id, action, { accountId: member.id, address: device.address });
  if (action === 'retry') site.wake();
  visit.say('done', action === 'retry' ? 'jobs.retried' : 'jobs.dropped');
  return seeOther('/admin/jobs', { status: 200, body: { job: { id, action } } });
}

const usedJson = ({ username, images, originals, sizes }: Used) => ({ username, images, originals, sizes });

/** GET /admin/storage: what each member keeps. */
export async function storagePage(visit: MemberVisit) {
  const found = await usedByMembers(visit.db, numberBehind(visit), SIZE + 1);
  const { shown, next } = cutList(found, SIZE, '/admin/storage', ({ accountId }) => accountId);
  const locals = {
    members: shown,
    quota: visit.site.quotaBytes,
    pager: keyPager('/admin/storage', visit.query.get('after'), next, true),
  };
  return page('admin/storage', locals, {
    title: say('storage.heading'),
    json: () => ({ members: shown.map(usedJson), next }),
  });
}
