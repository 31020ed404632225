import type { Knex } from 'knex';

/** What an image is found by. No writer has to know of the search: whatever changes it marks the image, in its own transaction. */
const WATCHED =
  'title, caption, alt, creator, site, visibility, show_name, binned_at, owner_disabled, format, width, height, frames, colour';
const MARKS: readonly (readonly [name: string, when: string, row: 'new' | 'old', column: string])[] = [
  ['search_image_new', 'INSERT ON images', 'new', 'id'],
  ['search_image_changed', `UPDATE OF ${WATCHED} ON images`, 'new', 'id'],
  ['search_image_gone', 'DELETE ON images', 'old', 'id'],
  ['search_tag_put', 'INSERT ON image_tags', 'new', 'image_id'],
  ['search_tag_taken', 'DELETE ON image_tags', 'old', 'image_id'],
  ['search_comment_new', 'INSERT ON comments', 'new', 'image_id'],
  ['search_comment_changed', 'UPDATE OF body ON comments', 'new', 'image_id'],
  ['search_comment_gone', 'DELETE ON comments', 'old', 'image_id'],
];

export async function up(db: Knex) {
  const postgres = db.client.config.client === 'pg';
  await db.schema.createTable('search_dirty', (t) => {
    t.bigInteger('image_id').primary();
  });
  // No foreign keys: what goes is marked like what changes, and leaves the index with its words.
  await db.schema.createTable('search_docs', (t) => {
    t.bigInteger('image_id').primary();
    // Who could see it when it was written, for the counts of words alone: who may see it now is asked of the image.
    t.smallint('reach').notNullable();
    t.specificType('body', postgres ? 'tsvector' : 'text').notNullable();
  });
  await db.schema.createTable('search_words', (t) => {
    t.increments('id');
    // 3 title and tags, 2 caption and description, 1 what else there is, 0 a fact such as a colour.
    t.smallint('field').notNullable();
    t.specificType('word', postgres ? 'varchar(300) COLLATE "C"' : 'varchar(300)').notNullable();
    // How many images have it: all, those that members may see, and those that everyone may see.
    t.integer('images').notNullable();
    t.integer('members').notNullable();
    t.integer('everyone').notNullable();
    if (postgres) t.specificType('grams', 'text[]').notNullable();
    t.unique(['field', 'word']);
  });
  for (const statement of postgres ? postgresParts() : sqliteParts()) await db.raw(statement);
  await db.raw('INSERT INTO search_dirty (image_id) SELECT id FROM images');
}

/** The engines' own full-text search over `search_docs`, and triggers that mark. */
function sqliteParts(): string[] {
  const put = (row: string) => `INSERT INTO search_index (rowid, body) VALUES (${row}.image_id, ${row}.body);`;
  const take = `INSERT INTO search_index (search_index, rowid, body) VALUES ('delete', old.image_id, old.body);`;
  const mark = (id: string) => `INSERT OR REPLACE INTO search_dirty (image_id) VALUES (${id});`;
  return [
    `CREATE VIRTUAL TABLE search_index USING fts5(body, content = 'search_docs', content_rowid = 'image_id',
      tokenize = "ascii tokenchars '=+:.-_'", prefix = '3 4 5')`,
    `CREATE TRIGGER search_docs_new AFTER INSERT ON search_docs BEGIN ${put('new')} END`,
    `CREATE TRIGGER search_docs_changed AFTER UPDATE ON search_docs BEGIN ${take} ${put('new')} END`,
    `CREATE TRIGGER search_docs_gone AFTER DELETE ON search_docs BEGIN ${take} END`,
    // Finds words that are spelt alike by the threes of letters that they share.
    `CREATE VIRTUAL TABLE search_spellings USING fts5(word, content = '', contentless_delete = 1, tokenize = 'trigram',
      detail = none)`,
    `CREATE TRIGGER search_words_new AFTER INSERT ON search_words WHEN new.field > 0 BEGIN
      INSERT INTO search_spellings (rowid, word) VALUES (new.id, '  ' || new.word || ' '); END`,
    `CREATE TRIGGER search_words_gone AFTER DELETE ON search_words WHEN old.field > 0 BEGIN
      DELETE FROM search_spellings WHERE rowid = old.id; END`,
    ...MARKS.map(
      ([name, when, row, column]) => `CREATE TRIGGER ${name} AFTER ${when} BEGIN ${mark(`${row}.${column}`)} END`,
    ),
    `CREATE TRIGGER search_tag_renamed AFTER UPDATE OF name ON tags BEGIN
      INSERT OR REPLACE INTO search_dirty (image_id) SELECT image_id FROM image_tags WHERE tag_id = new.id; END`,
  ];
}

function postgresParts(): string[] {
  // Writing the row again holds it until this transaction ends, so that nobody takes the mark while the change is not yet
  // to be seen.
  const held = 'ON CONFLICT (image_id) DO UPDATE SET image_id = excluded.image_id';
  const body = (statement: string) => `BEGIN ${statement}; RETURN NULL; END`;
  const make = (name: string, when: string, statement: string) => [
    `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ ${body(statement)} $$`,
    `CREATE TRIGGER ${name} AFTER ${when} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  ];
  return [
    'CREATE INDEX search_docs_body ON search_docs USING gin (body) WITH (fastupdate = off)',
    'CREATE INDEX search_words_grams ON search_words USING gin (grams) WHERE field > 0',
    ...MARKS.flatMap(([name, when, row, column]) =>
      make(name, when, `INSERT INTO search_dirty (image_id) VALUES (${row}.${column}) ${held}`),
    ),
    ...make(
      'search_tag_renamed',
      'UPDATE OF name ON tags',
      `INSERT INTO search_dirty (image_id) SELECT image_id FROM image_tags WHERE tag_id = new.id ORDER BY image_id ${held}`,
    ),
  ];
}

export async function down(db: Knex) {
  const postgres = db.client.config.client === 'pg';
  for (const name of [...MARKS.map(([name]) => name), 'search_tag_renamed'])
    await db.raw(postgres ? `DROP FUNCTION ${name}() CASCADE` : `DROP TRIGGER ${name}`);
  if (!postgres) {
    await db.raw('DROP TABLE search_spellings');
    await db.raw('DROP TABLE search_index');
  }
  for (const table of ['search_words', 'search_docs', 'search_dirty']) await db.schema.dropTable(table);
}
