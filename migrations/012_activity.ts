import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('actions', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('verb', 20).notNullable().checkIn(['saved', 'liked', 'followed', 'commented']);
    t.bigInteger('image_id').references('images.id').onDelete('CASCADE').index();
    t.bigInteger('person_id').references('accounts.id').onDelete('CASCADE').index();
    // The minute it happened in: the same act within it is one act.
    t.bigInteger('minute').notNullable();
    t.bigInteger('created_at').notNullable();
    t.index(['account_id', 'id']);
  });
  await db.raw(
    'CREATE UNIQUE INDEX actions_once ON actions (account_id, verb, coalesce(image_id, 0), coalesce(person_id, 0), minute)',
  );
  await db.schema.createTable('notifications', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('action_id').notNullable().references('actions.id').onDelete('CASCADE').index();
    t.bigInteger('read_at');
    t.bigInteger('created_at').notNullable();
    t.unique(['account_id', 'action_id']);
    t.index(['account_id', 'id']);
  });
  // One row an image and day; who looked is never kept.
  await db.schema.createTable('image_views', (t) => {
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.string('day', 10).notNullable();
    t.integer('n').notNullable();
    t.primary(['image_id', 'day']);
    t.index(['day', 'n']);
  });
}

export async function down(db: Knex) {
  for (const table of ['image_views', 'notifications', 'actions']) await db.schema.dropTable(table);
}
