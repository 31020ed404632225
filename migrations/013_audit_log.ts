import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('audit_log', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').references('accounts.id').onDelete('SET NULL');
    t.string('act', 60).notNullable();
    t.string('subject', 200).notNullable().defaultTo('');
    t.string('address', 60).notNullable().defaultTo('');
    t.text('detail').notNullable().defaultTo('{}');
    t.bigInteger('created_at').notNullable();
    t.index(['account_id', 'id']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('audit_log');
}
