import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('likes', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['account_id', 'image_id']);
  });
  await db.schema.createTable('comments', (t) => {
    t.bigIncrements('id');
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    // Null: a member who is gone; the words stay as "deleted member".
    t.bigInteger('account_id').references('accounts.id').onDelete('SET NULL').index();
    t.text('body').notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('edited_at');
    t.index(['image_id', 'id']);
  });
  // What an image's owner or a moderator took away, for the moderators' eyes.
  await db.schema.createTable('removed_comments', (t) => {
    t.bigInteger('comment_id').primary();
    t.bigInteger('image_id').notNullable().index();
    t.bigInteger('account_id');
    t.text('body').notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('removed_by');
    t.bigInteger('removed_at').notNullable().index();
  });
  await db.schema.createTable('follows', (t) => {
    t.bigInteger('follower_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['follower_id', 'account_id']);
    t.check('follower_id <> account_id', [], 'follows_others');
  });
  await db.schema.createTable('board_follows', (t) => {
    t.bigInteger('follower_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('board_id').notNullable().references('boards.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['follower_id', 'board_id']);
  });
  await db.schema.createTable('blocks', (t) => {
    t.bigInteger('blocker_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable();
    t.primary(['blocker_id', 'account_id']);
    t.check('blocker_id <> account_id', [], 'blocks_others');
  });
}

export async function down(db: Knex) {
  for (const table of ['blocks', 'board_follows', 'follows', 'removed_comments', 'comments', 'likes'])
    await db.schema.dropTable(table);
}
