import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Which of one's own images came from an address. Whole addresses are too long for an index of PostgreSQL's.
  await db.raw(
    'CREATE INDEX images_by_address ON images (owner_id, substr(source_url, 1, 200)) WHERE source_url IS NOT NULL',
  );
}

export async function down(db: Knex) {
  await db.raw('DROP INDEX images_by_address');
}
