import type { QueryText } from '../db/index.ts';

/**
 * Milliseconds since 1970 by the database's clock: workers on machines whose clocks differ agree on when a lease ends.
 * A value for the `?` takes its place, which is how tests travel in time.
 */
const CLOCK = {
  sqlite: `coalesce(CAST(? AS bigint), CAST(unixepoch('subsec') * 1000 AS bigint))`,
  postgres: `coalesce(CAST(? AS bigint), CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint))`,
};

/** The moment, inside a statement made by `timed`. */
export const NOW = '(SELECT now FROM clock)';

/** A statement that may say `NOW`; its first value is the moment, or null for the database's own. */
export const timed = (sqlite: string, postgres = sqlite): QueryText => ({
  sqlite: `WITH clock (now) AS (SELECT ${CLOCK.sqlite}) ${sqlite}`,
  postgres: `WITH clock (now) AS (SELECT ${CLOCK.postgres}) ${postgres}`,
});
