import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('feed_keys', (t) => {
    t.bigInteger('account_id').primary().references('accounts.id').onDelete('CASCADE');
    // SHA-256 of the key in the address: who reads the table cannot use it.
    t.string('key_hash', 64).notNullable().unique();
    t.bigInteger('created_at').notNullable();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('feed_keys');
}
