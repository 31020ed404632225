import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('passkeys', (t) => {
    t.bigIncrements('id');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    // Base64url of at most 1,023 bytes, as authenticators choose it.
    t.string('credential_id', 1364).notNullable().unique();
    t.text('public_key').notNullable();
    // How often it signed, where it counts: a number that does not rise betrays a copy.
    t.bigInteger('counter').notNullable();
    // Random, the same for all passkeys of an account: what authenticators keep instead of a name.
    t.string('user_handle', 64).notNullable();
    t.string('transports', 200).notNullable().defaultTo('');
    t.boolean('synced').notNullable().defaultTo(false);
    t.string('name', 100).notNullable();
    t.bigInteger('created_at').notNullable();
    t.bigInteger('used_at');
  });
  await db.schema.createTable('used_challenges', (t) => {
    // A challenge goes out unwritten, in a signed cookie; what was answered stands here until it would have run out.
    t.string('challenge_hash', 64).primary();
    t.bigInteger('used_at').notNullable().index();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('used_challenges');
  await db.schema.dropTable('passkeys');
}
