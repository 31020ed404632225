import type { Knex } from 'knex';

export async function up(db: Knex) {
  // As rate-limiter-flexible writes it, in this order: the columns are not named there.
  await db.schema.createTable('rate_limits', (t) => {
    t.string('key', 255).primary();
    t.integer('points').notNullable().defaultTo(0);
    t.bigInteger('expire').index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('rate_limits');
}
