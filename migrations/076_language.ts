import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Null: whatever the browser asks for. What waits to be confirmed becomes an account, and is written to meanwhile.
  for (const table of ['accounts', 'registrations'])
    await db.schema.alterTable(table, (t) => {
      t.string('language', 8);
    });
}

export async function down(db: Knex) {
  for (const table of ['registrations', 'accounts'])
    await db.schema.alterTable(table, (t) => {
      t.dropColumn('language');
    });
}
