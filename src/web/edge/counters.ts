import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { dialectOf, type Db } from '../../db/index.ts';
import { hashToken } from '../../lib/secret.ts';

/** How often in how many seconds, and under which name it is counted. */
export interface Counting {
  keyPrefix: string;
  points: number;
  duration: number;
}

/** Where acts are counted. */
export interface Counters {
  make(counting: Counting): RateLimiterAbstract;
  /** What a count stands under: what somebody typed, or where they are, is nothing that a table should tell. */
  keyOf(who: string): string;
}

/** In this process: one alone has to know. */
export const inMemory: Counters = { make: (counting) => new RateLimiterMemory(counting), keyOf: (who) => who };

/** In the database, for as many processes as share it. */
export const inDatabase = (db: Db): Counters => ({
  make: (counting) =>
    new RateLimiterPostgres({
      ...counting,
      storeClient: db,
      storeType: 'knex',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
    }),
  keyOf: hashToken,
});

/** SQLite has one process, which counts in memory; with PostgreSQL there may be others. */
export const countersOf = (db: Db): Counters => (dialectOf(db) === 'postgres' ? inDatabase(db) : inMemory);

/** Removes counts that are over. */
export const sweepCounts = (db: Db, now = Date.now()) => db('rate_limits').where('expire', '<', now).delete();
