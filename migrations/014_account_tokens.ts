import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Who has asked for an account and not yet shown that the email is theirs. The username is taken from here on; the email
  // is not, or anybody could keep others out with it.
  await db.schema.createTable('registrations', (t) => {
    t.bigIncrements('id');
    t.string('username', 60).notNullable();
    t.string('username_key', 60).notNullable().unique();
    t.string('email', 320).notNullable();
    t.string('email_key', 320).notNullable().index();
    t.string('password_hash', 255).notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('expires_at').notNullable().index();
  });
  await db.schema.createTable('account_tokens', (t) => {
    // SHA-256 of the 256-bit token in the link: who reads the table can follow none.
    t.string('token_hash', 64).primary();
    t.string('purpose', 20).notNullable().checkIn(['confirm', 'reset', 'email']);
    t.bigInteger('account_id').references('accounts.id').onDelete('CASCADE').index();
    t.bigInteger('registration_id').references('registrations.id').onDelete('CASCADE').index();
    t.string('new_email', 320);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('expires_at').notNullable().index();
    t.bigInteger('used_at');
    t.check('(account_id IS NULL) <> (registration_id IS NULL)', [], 'account_tokens_whose');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('account_tokens');
  await db.schema.dropTable('registrations');
}
