import type { Knex } from 'knex';

// Who may see an image at the most: 2 everyone, 1 members, 0 nobody but its owner. The database derives it, so that no
// writer can forget it, and the indexes of the lists stand on it.
const REACH = `smallint GENERATED ALWAYS AS (
  CASE WHEN binned_at IS NOT NULL OR owner_disabled THEN 0
       WHEN visibility = 'public' THEN 2
       WHEN visibility = 'members' THEN 1
       ELSE 0 END) STORED`;

export async function up(db: Knex) {
  await db.schema.createTable('images', (t) => {
    t.bigIncrements('id');
    t.bigInteger('owner_id').notNullable().references('accounts.id');
    t.string('title', 500).notNullable();
    t.string('slug', 100).notNullable();
    t.text('caption').notNullable().defaultTo('');
    t.text('alt').notNullable().defaultTo('');
    // Provenance: the address the bytes came from, the one the page showed, the page, and whose work it is.
    t.string('arrived', 20).notNullable().checkIn(['upload', 'address', 'data', 'rescue', 'import', 'copy']);
    t.text('source_url');
    t.text('seen_url');
    t.text('page_url');
    t.string('site', 255).index();
    t.string('creator', 500).notNullable().defaultTo('');
    t.string('licence', 500).notNullable().defaultTo('');
    t.boolean('nopin').notNullable().defaultTo(false);
    t.bigInteger('copied_from').references('images.id').onDelete('SET NULL');
    t.string('visibility', 20).notNullable().checkIn(['public', 'members', 'private']);
    t.boolean('show_name').notNullable();
    t.string('resolution', 20).notNullable().checkIn(['low', 'medium', 'high', 'very_high', 'full']);
    t.bigInteger('binned_at').index();
    t.boolean('owner_disabled').notNullable().defaultTo(false);
    t.specificType('reach', REACH);
    t.string('state', 20).notNullable().defaultTo('pending').checkIn(['pending', 'ready']);
    t.string('format', 10).notNullable();
    t.integer('width').notNullable();
    t.integer('height').notNullable();
    t.integer('frames').notNullable();
    t.boolean('alpha').notNullable();
    t.string('still_of', 20);
    t.string('quality', 20).notNullable().checkIn(['low', 'medium', 'high', 'very_high']);
    t.string('sha256', 64).notNullable();
    t.string('phash', 16).notNullable();
    t.string('colour', 7).notNullable();
    t.text('placeholder').notNullable();
    t.integer('likes').notNullable().defaultTo(0);
    t.integer('comments').notNullable().defaultTo(0);
    t.integer('views').notNullable().defaultTo(0);
    t.bigInteger('created_at').notNullable();
    t.bigInteger('updated_at').notNullable();
    t.index(['owner_id', 'id']);
    t.index(['owner_id', 'sha256']);
  });
  await db.raw('CREATE INDEX images_for_members ON images (id) WHERE reach >= 1');
  await db.raw('CREATE INDEX images_for_all ON images (id) WHERE reach = 2');
  await db.raw('CREATE INDEX images_most_liked ON images (likes, id) WHERE reach = 2');
  await db.raw('CREATE INDEX images_most_viewed ON images (views, id) WHERE reach >= 1');
}

export async function down(db: Knex) {
  await db.schema.dropTable('images');
}
