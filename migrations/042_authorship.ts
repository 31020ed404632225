import type { Knex } from 'knex';

const COLUMNS = ['copyright', 'credit', 'description'] as const;

export async function up(db: Knex) {
  // What the file itself says, beside `creator` and `licence`, which people may have given.
  await db.schema.alterTable('images', (t) => {
    for (const name of COLUMNS) t.text(name).notNullable().defaultTo('');
  });
}

/** One by one: SQLite would build the whole table anew, without its generated column. */
export async function down(db: Knex) {
  for (const name of COLUMNS) await db.raw(`ALTER TABLE images DROP COLUMN ${name}`);
}
