import type { Knex } from 'knex';

export async function up(db: Knex) {
  // The one-time key of a form: the same form sent twice answers the first save again.
  await db.schema.createTable('once_keys', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.string('key', 100).notNullable();
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE').index();
    t.bigInteger('created_at').notNullable().index();
    t.primary(['account_id', 'key']);
  });
  // Bytes of a form that was not taken yet, kept a day so that nothing is sent twice.
  await db.schema.createTable('drafts', (t) => {
    t.string('id', 60).primary();
    t.bigInteger('account_id').references('accounts.id').onDelete('CASCADE').index();
    t.string('storage_key', 120);
    t.string('name', 300).notNullable().defaultTo('');
    t.bigInteger('bytes').notNullable().defaultTo(0);
    t.string('sha256', 64);
    t.text('form').notNullable().defaultTo('{}');
    t.bigInteger('created_at').notNullable().index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('drafts');
  await db.schema.dropTable('once_keys');
}
