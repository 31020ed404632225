import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('exports', (t) => {
    // One a member. No cascade: whoever removes an account removes the bytes of its export first.
    t.bigInteger('account_id').primary().references('accounts.id');
    // Which asking it was: a job of an earlier one finds that it is not wanted any more.
    t.string('run', 60).notNullable();
    t.string('state', 20).notNullable().checkIn(['making', 'ready']);
    t.string('storage_key', 120);
    t.string('sha256', 64);
    t.bigInteger('bytes');
    // Progress, in files.
    t.integer('done').notNullable().defaultTo(0);
    t.integer('total').notNullable().defaultTo(0);
    t.bigInteger('asked_at').notNullable();
    t.bigInteger('touched_at').notNullable();
    t.bigInteger('ready_at');
    t.bigInteger('expires_at').index();
    t.check(`(state = 'ready') = (storage_key IS NOT NULL)`, [], 'exports_ready');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('exports');
}
