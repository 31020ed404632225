import type { Knex } from 'knex';

export async function up(db: Knex) {
  // How many images of a list have their id in [bucket × 2^shift, (bucket + 1) × 2^shift): page N is found by adding up a
  // few hundred rows, however long the list is.
  await db.schema.createTable('list_counts', (t) => {
    t.string('list', 60).notNullable();
    t.smallint('shift').notNullable();
    t.bigInteger('bucket').notNullable();
    t.integer('n').notNullable();
    t.primary(['list', 'shift', 'bucket']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('list_counts');
}
