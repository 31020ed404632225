import { InvalidArgumentError, Option } from 'commander';
import { Refusal } from '../errors.ts';
import { words } from '../lib/words/index.ts';
import { listJobs, queueDepth, retryJob, type JobState, type ListedJob } from '../queue/index.ts';
import type { AddCommands, Desk } from './desk.ts';

const STATES: readonly JobState[] = ['waiting', 'later', 'running', 'dead'];

export const addJobs: AddCommands = (program, atDesk) => {
  const jobs = program.command('jobs').description(words('cli.jobs'));
  jobs
    .command('list')
    .description(words('cli.jobs_list'))
    .addOption(new Option('--state <state>', words('cli.jobs_state')).choices(STATES))
    .action(({ state }: { state?: JobState }) => atDesk((desk) => printJobs(desk, state)));
  jobs
    .command('retry [numbers...]')
    .description(words('cli.jobs_retry'))
    .option('--dead', words('cli.jobs_retry_dead'))
    .action((numbers: string[], { dead = false }: { dead?: boolean }) =>
      atDesk((desk) => retryJobs(desk, numbers.map(jobNumber), dead)),
    );
};

function jobNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError(words('cli.no_number', { value: text }));
  return Number(text);
}

/** Prints how much there is to do, and the jobs: number, kind, state, how often begun, when due, and what went wrong. */
export async function printJobs({ db, print }: Desk, state?: JobState) {
  const { oldestMs, ...depth } = await queueDepth(db);
  print(words('cli.jobs_depth', { ...depth, oldest: Math.round(Number(oldestMs) / 1000) }));
  for await (const job of allJobs({ db }, state)) print(lineOf(job));
}

/** Jobs of a state, or all, by their numbers. */
async function* allJobs({ db }: Pick<Desk, 'db'>, state?: JobState): AsyncGenerator<ListedJob> {
  for (let after = 0; ;) {
    const jobs = await listJobs(db, { after, ...(state ? { state } : {}) });
    yield* jobs;
    const last = jobs.at(-1);
    if (!last) return;
    after = Number(last.id);
  }
}

const lineOf = ({ id, kind, state, attempts, runAt, lastError }: ListedJob): string =>
  [id, kind, state, attempts, new Date(Number(runAt)).toISOString(), lastError?.split('\n')[0] ?? ''].join('\t').trim();

/** Lets jobs be tried again at once: those of these numbers, and with `dead` all that were given up. */
export async function retryJobs(desk: Desk, numbers: readonly number[], dead: boolean) {
  const { db, print } = desk;
  if (numbers.length === 0 && !dead) throw new Refusal(422, 'invalid', 'cli.jobs_which');
  let again = 0;
  for (const id of numbers) {
    if (await retryJob(db, id)) again++;
    else print(words('cli.jobs_not', { id }));
  }
  const missed = numbers.length - again;
  if (dead) for await (const { id } of allJobs(desk, 'dead')) if (await retryJob(db, Number(id))) again++;
  print(words('cli.jobs_again', { count: again }));
  return missed === 0;
}
