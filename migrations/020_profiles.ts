import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('photos', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('size', 10).notNullable().checkIn(['small', 'large']);
    t.string('storage_key', 120).notNullable().index();
    t.string('public_key', 60).notNullable().unique();
    t.string('sha256', 64).notNullable();
    t.bigInteger('bytes').notNullable();
    t.string('type', 30).notNullable();
    t.primary(['account_id', 'size']);
  });
  // Names that were given up: for a while they lead to whoever had them, and nobody else gets them.
  await db.schema.createTable('past_usernames', (t) => {
    t.string('name_key', 60).primary();
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('until').notNullable().index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('past_usernames');
  await db.schema.dropTable('photos');
}
