import type { Knex } from 'knex';

const TEXTS = ['title', 'description', 'site', 'date'] as const;

export async function up(db: Knex) {
  // What the page that an image was found on said of itself. By itself, so that lists, which never show it, stay as they are.
  await db.schema.createTable('provenance', (t) => {
    t.bigInteger('image_id').primary().references('images.id').onDelete('CASCADE');
    for (const name of TEXTS) t.text(name).notNullable().defaultTo('');
    t.text('address').nullable();
    t.boolean('noai').notNullable().defaultTo(false);
    t.boolean('noindex').notNullable().defaultTo(false);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('provenance');
}
