import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.alterTable('sessions', (t) => {
    // When this session last showed who it is; sessions from before have to show it again.
    t.bigInteger('fresh_at').notNullable().defaultTo(0);
  });
}

export async function down(db: Knex) {
  await db.schema.alterTable('sessions', (t) => t.dropColumn('fresh_at'));
}
