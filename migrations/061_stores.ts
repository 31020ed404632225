import type { Knex } from 'knex';

export async function up(db: Knex) {
  // The stores that STORAGE has named: one that may hold images must not go missing from it unnoticed.
  await db.schema.createTable('stores', (t) => {
    t.string('name', 400).primary();
    t.bigInteger('since').notNullable();
    // Null: it may hold images.
    t.bigInteger('emptied_at');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('stores');
}
