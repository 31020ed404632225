import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('files', (t) => {
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.string('tier', 20).notNullable().checkIn(['original', 'full', 'very_high', 'high', 'medium', 'low']);
    // Where the bytes lie. Tiers that came out the same share them.
    t.string('storage_key', 120).notNullable().index();
    // What the address says. It changes with every change of visibility; the bytes stay where they are.
    t.string('public_key', 60).notNullable().unique();
    t.string('sha256', 64).notNullable();
    t.bigInteger('bytes').notNullable();
    t.string('type', 30).notNullable();
    t.integer('width').notNullable();
    t.integer('height').notNullable();
    t.primary(['image_id', 'tier']);
  });
  // Bytes that are on their way to a row. What stands here for over an hour is a stray, and nothing else is.
  await db.schema.createTable('expected', (t) => {
    t.string('storage_key', 120).primary();
    t.string('sha256', 64).notNullable();
    t.bigInteger('created_at').notNullable().index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('expected');
  await db.schema.dropTable('files');
}
