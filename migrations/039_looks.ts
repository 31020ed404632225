import type { Knex } from 'knex';

export async function up(db: Knex) {
  // What a picture looks like as thirteen numbers, and the cells that they lie in: those to be compared are looked up by them.
  await db.schema.createTable('looks', (t) => {
    t.bigInteger('image_id').primary().references('images.id').onDelete('CASCADE');
    for (const column of ['y0', 'y1', 'y2', 'y3', 'y4', 'y5', 'b0', 'b1', 'b2', 'r0', 'r1', 'r2', 'c0'])
      t.smallint(column).notNullable();
    for (const cell of ['cell0', 'cell1']) {
      t.integer(cell).notNullable();
      t.index([cell, 'image_id']);
    }
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('looks');
}
