import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Something that a member does to many images at once.
  await db.schema.createTable('many', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('action', 20).notNullable();
    // JSON: tags, or the number of a board.
    t.text('value').notNullable();
    t.bigInteger('created_at').notNullable().index();
    t.bigInteger('undone_at');
    // How many of those that were chosen were not theirs, or not there.
    t.integer('others').notNullable().defaultTo(0);
    t.index(['account_id', 'id']);
  });
  await db.schema.createTable('many_images', (t) => {
    t.bigInteger('many_id').notNullable().references('many.id').onDelete('CASCADE');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE').index();
    t.string('state', 10).notNullable().checkIn(['todo', 'changed', 'same', 'refused', 'undone', 'kept']);
    // JSON: what it was before, as undoing needs it.
    t.text('before');
    t.primary(['many_id', 'image_id']);
    t.index(['many_id', 'state', 'image_id']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('many_images');
  await db.schema.dropTable('many');
}
