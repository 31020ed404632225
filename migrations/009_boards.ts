import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('boards', (t) => {
    t.bigIncrements('id');
    t.bigInteger('owner_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('parent_id').references('boards.id').onDelete('SET NULL').index();
    t.string('slug', 100).notNullable();
    t.string('title', 500).notNullable();
    t.text('description').notNullable().defaultTo('');
    t.string('visibility', 20).notNullable().defaultTo('members').checkIn(['public', 'members', 'private']);
    t.double('position').notNullable().defaultTo(0);
    t.bigInteger('cover_id').references('images.id').onDelete('SET NULL');
    t.string('secret_hash', 64).unique();
    t.bigInteger('created_at').notNullable();
    t.unique(['owner_id', 'slug']);
  });
  await db.schema.createTable('board_images', (t) => {
    t.bigInteger('board_id').notNullable().references('boards.id').onDelete('CASCADE');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE').index();
    // Between its neighbours: moving one image writes one row.
    t.double('position').notNullable();
    t.bigInteger('added_by').references('accounts.id').onDelete('SET NULL');
    t.bigInteger('created_at').notNullable();
    t.primary(['board_id', 'image_id']);
    t.index(['board_id', 'position', 'image_id']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('board_images');
  await db.schema.dropTable('boards');
}
