export { retryDelay, type Backoff } from './backoff.ts';
export { enqueue, withdraw } from './enqueue.ts';
export type { Enqueue, EnqueueOptions, Handler, Job } from './job.ts';
export {
  dropJob,
  dropJobsAbout,
  isKnown,
  listJobs,
  queueDepth,
  retryJob,
  type JobState,
  type ListedJob,
  type QueueDepth,
} from './operator.ts';
export { ensureRecurring, recurring } from './recurring.ts';
export { createWakes, type Wakes } from './wakes.ts';
export { startWorker, type Worker, type WorkerSettings } from './worker.ts';
