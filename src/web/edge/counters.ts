import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { dialectOf, type Db } from '../../db/index.ts';
import { hashToken } from '../../lib/secret.ts';
import type { Link } from '../../redis/index.ts';

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

/** In Redis, for as many processes as share it; while it does not answer, where they would be counted without it. */
const inRedis = ({ client }: Link, otherwise: Counters): Counters => ({
  make: (counting) =>
    new RateLimiterRedis({
      ...counting,
      keyPrefix: `bowerbird:limit:${counting.keyPrefix}`,
      storeClient: client,
      rejectIfRedisNotReady: true,
      insuranceLimiter: otherwise.make(counting),
    }),
  keyOf: hashToken,
});

/** SQLite has one process, which counts in memory; with PostgreSQL there may be others. CACHE_URL counts for any number of them. */
export function countersOf(db: Db, cache: Link | null): Counters {
  const own = dialectOf(db) === 'postgres' ? inDatabase(db) : inMemory;
  return cache ? inRedis(cache, own) : own;
}

/** Removes counts that are over. */
export const sweepCounts = (db: Db, now = Date.now()) => db('rate_limits').where('expire', '<', now).delete();
