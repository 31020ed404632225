import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Accounts elsewhere. The issuer and its own number for somebody are the identity; an email never is.
  await db.schema.createTable('identities', (t) => {
    t.string('issuer', 300).notNullable();
    t.string('subject', 255).notNullable();
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    t.string('email', 320).notNullable().defaultTo('');
    t.bigInteger('created_at').notNullable();
    t.bigInteger('used_at').notNullable();
    t.primary(['issuer', 'subject']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('identities');
}
