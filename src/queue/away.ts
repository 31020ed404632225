import { onceAMinute, type Log } from '../lib/log.ts';

/** Logs that the database is away, once a minute however often it is asked in vain. */
export const awayLog = (log: Log): ((error: unknown) => void) =>
  onceAMinute((error) => log.error({ err: error }, 'the database does not answer; jobs wait'));
