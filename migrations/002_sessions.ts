import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('sessions', (t) => {
    // SHA-256 of the 256-bit id in the cookie: who reads the table cannot sign in with it.
    t.string('id_hash', 64).primary();
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.text('data').notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('seen_at').notNullable();
    t.bigInteger('expires_at').notNullable().index();
    t.string('user_agent', 300).notNullable().defaultTo('');
    t.string('address', 60).notNullable().defaultTo('');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('sessions');
}
