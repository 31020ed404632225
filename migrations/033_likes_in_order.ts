import type { Knex } from 'knex';

// Likes and follows get a number: lists of them are in the order in which they came. Nothing has written either before.
export async function up(db: Knex) {
  await db.schema.dropTable('follows');
  await db.schema.dropTable('likes');
  await db.schema.createTable('likes', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.bigInteger('created_at').notNullable();
    t.unique(['account_id', 'image_id']);
    t.index(['account_id', 'id']);
    t.index(['image_id', 'id']);
  });
  await db.schema.createTable('follows', (t) => {
    t.bigIncrements('id');
    t.bigInteger('follower_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('created_at').notNullable();
    t.unique(['follower_id', 'account_id']);
    t.index(['follower_id', 'id']);
    t.index(['account_id', 'id']);
    t.check('follower_id <> account_id', [], 'follows_others');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('follows');
  await db.schema.dropTable('likes');
  await db.schema.createTable('likes', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['account_id', 'image_id']);
  });
  await db.schema.createTable('follows', (t) => {
    t.bigInteger('follower_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['follower_id', 'account_id']);
    t.check('follower_id <> account_id', [], 'follows_others');
  });
}
