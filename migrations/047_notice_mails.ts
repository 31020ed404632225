import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Which mail is to tell of it; null when none is, or it has.
  await db.raw('ALTER TABLE notices ADD COLUMN mail varchar(10)');
  await db.raw('CREATE INDEX notices_to_mail ON notices (account_id, id) WHERE mail IS NOT NULL');
}

export async function down(db: Knex) {
  await db.raw('DROP INDEX notices_to_mail');
  await db.raw('ALTER TABLE notices DROP COLUMN mail');
}
