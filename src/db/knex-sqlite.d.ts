// knex ships no types for the inside of its dialects; these are the parts that src/db/sqlite.ts extends.
declare module 'knex/lib/dialects/sqlite3/index.js' {
  import type { Knex } from 'knex';
  type SqliteClient = Knex.Client & { runner(builder: unknown): { run(): Promise<unknown> } };
  const Client: new (config: Knex.Config) => SqliteClient;
  export default Client;
}
declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  const Transaction: new (...args: unknown[]) => {
    client: unknown;
    begin(connection: unknown): Promise<unknown>;
    query(connection: unknown, sql: string): Promise<unknown>;
    acquireConnection(config: unknown, work: (connection: unknown) => Promise<unknown>): Promise<unknown>;
  };
  export default Transaction;
}
