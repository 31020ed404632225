import type { Log } from '../lib/log.ts';

const MINUTE = 60_000;

/** Logs that the database is away, once a minute however often it is asked in vain. */
export function awayLog(log: Log): (error: unknown) => void {
  // Not the wall clock: one that is set back would silence the log.
  let quietUntil = -1;
  return (error) => {
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + MINUTE;
    log.error({ err: error }, 'the database does not answer; jobs wait');
  };
}
