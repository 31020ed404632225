import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('tags', (t) => {
    t.bigIncrements('id');
    t.string('name', 50).notNullable();
    t.string('name_key', 50).notNullable().unique();
    t.bigInteger('created_at').notNullable();
  });
  // Another spelling that leads to the same tag.
  await db.schema.createTable('tag_aliases', (t) => {
    t.string('name_key', 50).primary();
    t.bigInteger('tag_id').notNullable().references('tags.id').onDelete('CASCADE').index();
  });
  await db.schema.createTable('image_tags', (t) => {
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.bigInteger('tag_id').notNullable().references('tags.id').onDelete('CASCADE');
    t.primary(['image_id', 'tag_id']);
    t.index(['tag_id', 'image_id']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('image_tags');
  await db.schema.dropTable('tag_aliases');
  await db.schema.dropTable('tags');
}
