import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('access_tokens', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.string('name', 60).notNullable();
    t.string('scope', 10).notNullable().checkIn(['read', 'write', 'admin']);
    // SHA-256 of the token: who reads the table cannot use it.
    t.string('token_hash', 64).notNullable().unique();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('used_at');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('access_tokens');
}
