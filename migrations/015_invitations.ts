import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('invitations', (t) => {
    // SHA-256 of the 256-bit token in the link, as with all links.
    t.string('token_hash', 64).primary();
    t.bigInteger('invited_by').references('accounts.id').onDelete('SET NULL').index();
    t.string('email', 320);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('expires_at').notNullable().index();
    t.bigInteger('used_at');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('invitations');
}
