import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Who works on a board beside its owner; invited until `accepted_at` says that they want to.
  await db.schema.createTable('board_members', (t) => {
    t.bigInteger('board_id').notNullable().references('boards.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('invited_at').notNullable();
    t.bigInteger('accepted_at');
    t.primary(['board_id', 'account_id']);
  });
  // Addresses that a board had: they lead to it until `until`.
  await db.schema.createTable('past_slugs', (t) => {
    t.bigInteger('owner_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('slug', 100).notNullable();
    t.bigInteger('board_id').notNullable().references('boards.id').onDelete('CASCADE').index();
    t.bigInteger('until').notNullable().index();
    t.primary(['owner_id', 'slug']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('past_slugs');
  await db.schema.dropTable('board_members');
}
