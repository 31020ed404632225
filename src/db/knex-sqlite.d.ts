// knex ships no types for the inside of its dialects; these are the parts that src/db/sqlite.ts extends.
declare module 'knex/lib/dialects/sqlite3/index.js' {
  import type { Knex } from 'knex';
  const Client: typeof Knex.Client & { new (config: Knex.Config): Knex.Client };
  export default Client;
}
declare module 'knex/lib/dialects/sqlite3/execution/sqlite-transaction.js' {
  const Transaction: new (...args: unknown[]) => { query(connection: unknown, sql: string): Promise<unknown> };
  export default Transaction;
}
