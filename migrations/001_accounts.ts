import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('accounts', (t) => {
    t.bigIncrements('id');
    t.string('username', 60).notNullable();
    // Folded (NFKC, lower case): two names that read the same are one name.
    t.string('username_key', 60).notNullable().unique();
    t.string('email', 320).notNullable();
    t.string('email_key', 320).notNullable().unique();
    t.bigInteger('email_confirmed_at');
    t.string('password_hash', 255);
    t.string('role', 20).notNullable().defaultTo('member').checkIn(['member', 'moderator', 'admin']);
    t.bigInteger('disabled_at');
    t.string('first_name', 100).notNullable().defaultTo('');
    t.string('last_name', 100).notNullable().defaultTo('');
    t.string('date_of_birth', 10);
    t.text('bio').notNullable().defaultTo('');
    t.string('photo_key', 100);
    t.string('visibility', 20).notNullable().defaultTo('members').checkIn(['public', 'members', 'private']);
    t.boolean('show_name').notNullable().defaultTo(true);
    // Kept beside the rows they count, so that the header of every page costs no query of its own.
    t.integer('unread').notNullable().defaultTo(0);
    t.integer('followers').notNullable().defaultTo(0);
    t.integer('following').notNullable().defaultTo(0);
    t.bigInteger('created_at').notNullable();
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('accounts');
}
