import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Who has looked at what today, under a name that is made with the day's secret: both are forgotten with the day.
  await db.schema.createTable('view_secrets', (t) => {
    t.string('day', 10).primary();
    t.string('secret', 43).notNullable();
  });
  await db.schema.createTable('view_marks', (t) => {
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.string('viewer', 43).notNullable();
    t.string('day', 10).notNullable().index();
    t.primary(['image_id', 'viewer']);
  });
  // The most viewed as they were counted last. No foreign key: it is made anew every few minutes, and read beside images.
  await db.schema.createTable('rankings', (t) => {
    t.string('list', 20).primary();
    t.integer('length').notNullable();
    t.bigInteger('counted_at').notNullable();
  });
  await db.schema.createTable('ranks', (t) => {
    t.string('list', 20).notNullable();
    t.integer('place').notNullable();
    t.bigInteger('image_id').notNullable();
    t.integer('views').notNullable();
    t.primary(['list', 'place']);
  });
  await db.raw('CREATE INDEX images_most_viewed_by_all ON images (views, id) WHERE reach = 2');
}

export async function down(db: Knex) {
  await db.raw('DROP INDEX images_most_viewed_by_all');
  for (const table of ['ranks', 'rankings', 'view_marks', 'view_secrets']) await db.schema.dropTable(table);
}
