import { audit } from '../accounts/index.ts';
import type { Db } from '../db/index.ts';
import { notFound } from '../errors.ts';
import { dropJob, retryJob } from '../queue/index.ts';
import type { By } from './accounts.ts';

/** What an administrator decides about a job that failed. */
export type JobDecision = 'retry' | 'drop';

/**
 * Has a job tried again at once, or throws one away that was given up, and writes down who did.
 * @throws Refusal 404 where there is no such job to decide about
 */
export async function decideJob(db: Db, id: number, decision: JobDecision, by: By): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await (decision === 'retry' ? retryJob : dropJob)(trx, id))) throw notFound();
    await audit(trx, { ...by, act: decision === 'retry' ? 'job_retried' : 'job_dropped', subject: String(id) });
  });
}
