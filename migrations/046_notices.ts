import type { Knex } from 'knex';

// Notices say what they tell by themselves: an act may be of two kinds to two people. Nothing has written any before; and how
// many are unread is counted where it is shown, so that what goes with an image or a person takes its count along.
export async function up(db: Knex) {
  await db.schema.dropTable('notifications');
  await db.raw('ALTER TABLE accounts DROP COLUMN unread');
  await db.schema.createTable('notices', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('actor_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('kind', 20).notNullable().checkIn(['liked', 'commented', 'mentioned', 'followed', 'kept']);
    t.bigInteger('image_id').references('images.id').onDelete('CASCADE').index();
    t.bigInteger('comment_id').references('comments.id').onDelete('CASCADE').index();
    // What somebody made of the image: told as far as that may be seen.
    t.bigInteger('copy_id').references('images.id').onDelete('CASCADE').index();
    t.bigInteger('read_at');
    t.bigInteger('created_at').notNullable().index();
    t.index(['account_id', 'id']);
    t.index(['actor_id', 'account_id']);
    t.check('account_id <> actor_id', [], 'notices_of_others');
  });
  await db.raw('CREATE INDEX notices_unread ON notices (account_id) WHERE read_at IS NULL');
  await db.schema.createTable('notice_settings', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('kind', 20).notNullable();
    t.string('how', 10).notNullable().checkIn(['site', 'now', 'daily', 'never']);
    t.primary(['account_id', 'kind']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('notice_settings');
  await db.schema.dropTable('notices');
  await db.raw('ALTER TABLE accounts ADD COLUMN unread integer NOT NULL DEFAULT 0');
  await db.schema.createTable('notifications', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('action_id').notNullable().references('actions.id').onDelete('CASCADE').index();
    t.bigInteger('read_at');
    t.bigInteger('created_at').notNullable();
    t.unique(['account_id', 'action_id']);
    t.index(['account_id', 'id']);
  });
}
