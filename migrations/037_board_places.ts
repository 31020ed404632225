import type { Knex } from 'knex';

const isPostgres = (db: Knex) => db.client.config.client === 'pg';

// How far a board reaches, as `images.reach` says it of images: 2 everyone, 1 members, 0 nobody but who works on it.
const REACH = `CASE WHEN deleted_at IS NOT NULL OR owner_disabled THEN 0
  WHEN visibility = 'public' THEN 2
  WHEN visibility = 'members' THEN 1
  ELSE 0 END`;

// Who finds an image on a board: 2 everyone, 1 members, 0 its owner alone, -1 nobody, since it lies in the bin.
const SHOWN = `CASE WHEN i.binned_at IS NOT NULL THEN -1
  WHEN board_images.under_name AND NOT i.show_name THEN 0
  ELSE i.reach END`;

export async function up(db: Knex) {
  await db.schema.alterTable('boards', (t) => {
    t.bigInteger('deleted_at').index();
    t.boolean('owner_disabled').notNullable().defaultTo(false);
    t.integer('followers').notNullable().defaultTo(0);
    t.bigInteger('used_at').notNullable().defaultTo(0);
  });
  await db.raw('UPDATE boards SET used_at = created_at');
  await db.raw(`ALTER TABLE boards ADD COLUMN image_visibility varchar(20)
    CHECK (image_visibility IN ('public', 'members', 'private'))`);
  // SQLite adds no stored generated column to a table that is there.
  await db.raw(
    `ALTER TABLE boards ADD COLUMN reach smallint GENERATED ALWAYS AS (${REACH}) ${isPostgres(db) ? 'STORED' : 'VIRTUAL'}`,
  );
  await db.raw('CREATE INDEX boards_for_members ON boards (id) WHERE reach >= 1');
  await db.raw('CREATE INDEX boards_for_all ON boards (id) WHERE reach = 2');
  await db.raw('CREATE INDEX boards_of_owner ON boards (owner_id, id)');
  await db.raw(`CREATE INDEX boards_private ON boards (owner_id, id) WHERE visibility = 'private'`);
  await placeImages(db);
}

// The owner of the image, whether it stands under its owner's name there, and who finds it: kept beside the place, so that a
// page of a board passes over nothing that its reader may not see.
async function placeImages(db: Knex) {
  await db.schema.alterTable('board_images', (t) => {
    t.bigInteger('owner_id').notNullable().defaultTo(0);
    t.boolean('under_name').notNullable().defaultTo(true);
    t.smallint('shown').notNullable().defaultTo(0);
  });
  await db.raw(`UPDATE board_images SET
    owner_id = (SELECT i.owner_id FROM images i WHERE i.id = board_images.image_id),
    under_name = (SELECT i.owner_id = b.owner_id OR i.owner_id = coalesce(board_images.added_by, 0)
      FROM images i, boards b WHERE i.id = board_images.image_id AND b.id = board_images.board_id)`);
  await db.raw(`UPDATE board_images SET shown = (SELECT ${SHOWN} FROM images i WHERE i.id = board_images.image_id)`);
  const order = 'board_images (board_id, position, image_id) WHERE';
  await db.raw(`CREATE INDEX board_images_for_members ON ${order} shown >= 1`);
  await db.raw(`CREATE INDEX board_images_for_all ON ${order} shown = 2`);
  // The boards of an image, newest first.
  await db.raw('DROP INDEX board_images_image_id_index');
  await db.raw('CREATE INDEX board_images_of_image ON board_images (image_id, board_id)');
  await db.raw(
    'CREATE INDEX board_images_hidden ON board_images (board_id, owner_id, position, image_id) WHERE shown = 0',
  );
  await count(db, 'board_images', 'position', [
    [`'board:' || board_id || ':everyone'`, 'shown = 2'],
    [`'board:' || board_id || ':members'`, 'shown >= 1'],
    [`'board:' || board_id || ':own:' || owner_id`, 'shown = 0'],
  ]);
  await count(db, 'boards', 'id', [
    [`'boards:everyone'`, 'reach = 2'],
    [`'boards:members'`, 'reach >= 1'],
    [`'boards:own:' || owner_id`, 'reach = 0'],
    [`'boards:of:' || owner_id || ':own'`, 'deleted_at IS NULL'],
    [`'boards:of:' || owner_id || ':everyone'`, 'reach = 2'],
    [`'boards:of:' || owner_id || ':members'`, 'reach >= 1'],
  ]);
}

async function count(db: Knex, table: string, at: string, lists: readonly (readonly [string, string])[]) {
  const buckets = [
    [8, `CAST(floor(${at} / 256.0) AS bigint)`],
    [16, `CAST(floor(${at} / 65536.0) AS bigint)`],
    [62, '0'],
  ];
  for (const [list, where] of lists)
    for (const [shift, bucket] of buckets)
      await db.raw(`INSERT INTO list_counts (list, shift, bucket, n)
        SELECT ${list}, ${shift}, ${bucket}, count(*) FROM ${table} WHERE ${where} GROUP BY 1, 3`);
}

export async function down(db: Knex) {
  await db('list_counts').where('list', 'like', 'board%').delete();
  await db.raw('CREATE INDEX board_images_image_id_index ON board_images (image_id)');
  for (const name of ['for_members', 'for_all', 'hidden', 'of_image']) await db.raw(`DROP INDEX board_images_${name}`);
  for (const name of ['shown', 'under_name', 'owner_id']) await db.raw(`ALTER TABLE board_images DROP COLUMN ${name}`);
  for (const name of ['for_members', 'for_all', 'of_owner', 'private']) await db.raw(`DROP INDEX boards_${name}`);
  await db.raw('DROP INDEX boards_deleted_at_index');
  for (const name of ['reach', 'image_visibility', 'used_at', 'followers', 'owner_disabled', 'deleted_at'])
    await db.raw(`ALTER TABLE boards DROP COLUMN ${name}`);
}
