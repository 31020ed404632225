import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Accounts whose owners want them gone: disabled since then, and theirs to take back until `due_at`.
  await db.schema.createTable('deletions', (t) => {
    t.bigInteger('account_id').primary().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('asked_at').notNullable();
    t.bigInteger('due_at').notNullable().index();
    t.bigInteger('reminded_at');
    // Whoever runs the site has disabled it meanwhile: its owner cannot come back by calling the deletion off.
    t.boolean('barred').notNullable().defaultTo(false);
    // Set when its rows begin to go: from then on there is no way back.
    t.bigInteger('begun_at');
  });
  // Names of accounts that are gone, kept from others for a while; hashed, since nothing of them is to be read any more.
  await db.schema.createTable('kept_names', (t) => {
    t.string('name_hash', 64).primary();
    t.bigInteger('until').notNullable().index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('kept_names');
  await db.schema.dropTable('deletions');
}
