import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('second_factors', (t) => {
    t.bigInteger('account_id').primary().references('accounts.id').onDelete('CASCADE');
    // Sealed with a key derived from SECRET: codes are made from it, so it cannot be hashed.
    t.text('secret').notNullable();
    // Null while somebody is still setting it up: nobody is asked for a code that their app may not make yet.
    t.bigInteger('confirmed_at');
    // The newest span of 30 s whose code was taken: a code counts once.
    t.bigInteger('last_step').notNullable().defaultTo(0);
    t.bigInteger('created_at').notNullable();
  });
  await db.schema.createTable('recovery_codes', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    // The first characters, by which one of ten slow hashes is found.
    t.string('head', 8).notNullable();
    t.string('code_hash', 255).notNullable();
    t.bigInteger('used_at');
    t.primary(['account_id', 'head']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('recovery_codes');
  await db.schema.dropTable('second_factors');
}
