import type { Knex } from 'knex';
import { types as standard, type Client, type CustomTypesConfig } from 'pg';

/** PostgreSQL sends bigint and count() as text; all of ours fit a double exactly. */
const BIGINT = 20;
const types: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (oid === BIGINT ? Number : standard.getTypeParser(oid, format as 'text')) as never,
};

export interface PostgresSettings {
  url: string;
  connections: number;
  acquireTimeoutMs: number;
}

export function postgresConfig({ url, connections, acquireTimeoutMs }: PostgresSettings): Knex.Config {
  return {
    client: 'pg',
    connection: { connectionString: url, types, application_name: 'bowerbird' } as Knex.PgConnectionConfig,
    acquireConnectionTimeout: acquireTimeoutMs,
    // An error names its statement, never the values in it: they would end up in the log.
    compileSqlOnError: false,
    pool: { min: 0, max: connections },
  };
}

/** `?` becomes `$1`, `$2`, … as PostgreSQL wants them. */
export function numbered(text: string): string {
  let n = 0;
  return text.replace(/\?/g, () => `$${++n}`);
}

export async function runNamed(
  connection: Client,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<unknown[]> {
  const { rows } = await connection.query({ name, text, values: [...values] });
  return rows;
}
