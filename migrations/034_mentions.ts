import type { Knex } from 'knex';

export async function up(db: Knex) {
  // Whom a comment names: found when it is written, so that showing it asks for nobody, and a new name of theirs is shown.
  await db.schema.createTable('mentions', (t) => {
    t.bigInteger('comment_id').notNullable().references('comments.id').onDelete('CASCADE');
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE').index();
    // The name as it stands in the comment, folded.
    t.string('name_key', 60).notNullable();
    t.primary(['comment_id', 'name_key']);
  });
  await db.schema.alterTable('removed_comments', (t) => t.index(['removed_at', 'comment_id']));
  await countPeople(db);
}

// Everybody who has an account, in the order in which they came: the list of /people.
async function countPeople(db: Knex) {
  for (const [shift, bucket] of [
    [8, 'id / 256'],
    [16, 'id / 65536'],
    [62, '0'],
  ])
    await db.raw(`INSERT INTO list_counts (list, shift, bucket, n)
      SELECT 'people', ${shift}, ${bucket}, count(*) FROM accounts WHERE disabled_at IS NULL GROUP BY 3`);
}

export async function down(db: Knex) {
  await db('list_counts').where({ list: 'people' }).delete();
  await db.schema.alterTable('removed_comments', (t) => t.dropIndex(['removed_at', 'comment_id']));
  await db.schema.dropTable('mentions');
}
