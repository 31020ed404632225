import type { Knex } from 'knex';

export async function up(db: Knex) {
  // The feed in the order of likes; what everyone may see has such an index already.
  await db.raw('CREATE INDEX images_most_liked_by_members ON images (likes, id) WHERE reach >= 1');
}

export async function down(db: Knex) {
  await db.raw('DROP INDEX images_most_liked_by_members');
}
