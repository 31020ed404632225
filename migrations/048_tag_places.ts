import type { Knex } from 'knex';

const isPostgres = (db: Knex) => db.client.config.client === 'pg';

// Who finds an image by a tag: 2 everyone, 1 members, 0 its owner alone, -1 nobody, since it lies in the bin.
const SHOWN = `CASE WHEN i.binned_at IS NOT NULL THEN -1 ELSE i.reach END`;

export async function up(db: Knex) {
  // Beginnings are looked up in the order of the characters' numbers, which SQLite keeps anyway.
  if (isPostgres(db)) await db.raw('ALTER TABLE tags ALTER COLUMN name_key TYPE varchar(50) COLLATE "C"');
  await db.schema.alterTable('tags', (t) => {
    t.integer('members').notNullable().defaultTo(0);
    t.integer('everyone').notNullable().defaultTo(0);
  });
  await db.schema.alterTable('image_tags', (t) => {
    t.bigInteger('owner_id').notNullable().defaultTo(0);
    t.smallint('shown').notNullable().defaultTo(0);
  });
  await db.schema.createTable('account_tags', (t) => {
    t.bigInteger('account_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.bigInteger('tag_id').notNullable().references('tags.id').onDelete('CASCADE').index();
    t.specificType('name_key', isPostgres(db) ? 'varchar(50) COLLATE "C"' : 'varchar(50)').notNullable();
    t.integer('images').notNullable();
    t.integer('hidden').notNullable();
    t.primary(['account_id', 'tag_id']);
    t.index(['account_id', 'name_key']);
  });
  await db.raw(`UPDATE image_tags SET
    owner_id = (SELECT i.owner_id FROM images i WHERE i.id = image_tags.image_id),
    shown = (SELECT ${SHOWN} FROM images i WHERE i.id = image_tags.image_id)`);
  await index(db);
  await count(db);
}

async function index(db: Knex) {
  await db.raw('CREATE INDEX image_tags_for_members ON image_tags (tag_id, image_id) WHERE shown >= 1');
  await db.raw('CREATE INDEX image_tags_for_all ON image_tags (tag_id, image_id) WHERE shown = 2');
  await db.raw('CREATE INDEX image_tags_hidden ON image_tags (tag_id, owner_id, image_id) WHERE shown = 0');
  await db.raw('CREATE INDEX image_tags_of_owner ON image_tags (owner_id, tag_id, image_id)');
  await db.raw('CREATE INDEX tags_for_members ON tags (name_key) WHERE members > 0');
  await db.raw('CREATE INDEX tags_for_all ON tags (name_key) WHERE everyone > 0');
}

async function count(db: Knex) {
  const of = (where: string) => `(SELECT count(*) FROM image_tags it WHERE it.tag_id = tags.id AND ${where})`;
  await db.raw(`UPDATE tags SET members = ${of('it.shown >= 1')}, everyone = ${of('it.shown = 2')}`);
  await db.raw(`INSERT INTO account_tags (account_id, tag_id, name_key, images, hidden)
    SELECT it.owner_id, t.id, t.name_key, count(*), sum(CASE WHEN it.shown = 0 THEN 1 ELSE 0 END)
    FROM image_tags it JOIN tags t ON t.id = it.tag_id WHERE it.shown >= 0 GROUP BY it.owner_id, t.id, t.name_key`);
  const buckets = [
    [8, `CAST(floor(image_id / 256.0) AS bigint)`],
    [16, `CAST(floor(image_id / 65536.0) AS bigint)`],
    [62, '0'],
  ];
  for (const [list, where] of [
    [`'tag:' || tag_id || ':everyone'`, 'shown = 2'],
    [`'tag:' || tag_id || ':members'`, 'shown >= 1'],
    [`'tag:' || tag_id || ':own:' || owner_id`, 'shown = 0'],
  ])
    for (const [shift, bucket] of buckets)
      await db.raw(`INSERT INTO list_counts (list, shift, bucket, n)
        SELECT ${list}, ${shift}, ${bucket}, count(*) FROM image_tags WHERE ${where} GROUP BY 1, 3`);
}

export async function down(db: Knex) {
  await db('list_counts').where('list', 'like', 'tag:%').delete();
  for (const name of ['for_members', 'for_all', 'hidden', 'of_owner']) await db.raw(`DROP INDEX image_tags_${name}`);
  for (const name of ['for_members', 'for_all']) await db.raw(`DROP INDEX tags_${name}`);
  await db.schema.dropTable('account_tags');
  for (const name of ['shown', 'owner_id']) await db.raw(`ALTER TABLE image_tags DROP COLUMN ${name}`);
  for (const name of ['everyone', 'members']) await db.raw(`ALTER TABLE tags DROP COLUMN ${name}`);
  if (isPostgres(db)) await db.raw('ALTER TABLE tags ALTER COLUMN name_key TYPE varchar(50) COLLATE "default"');
}
