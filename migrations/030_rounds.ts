import type { Knex } from 'knex';

export async function up(db: Knex) {
  // How far the operator's rounds over all images are: whoever was interrupted goes on from here.
  await db.schema.createTable('rounds', (t) => {
    t.string('kind', 20).primary();
    // Which beginning it was: who finds another one here has been overtaken.
    t.string('run', 60).notNullable();
    // What was asked for, and what was found on the way, as JSON.
    t.text('wanted').notNullable();
    t.text('found').notNullable();
    // The last that was dealt with; what follows is still to be done.
    t.string('place', 60).notNullable();
    t.bigInteger('done').notNullable();
    t.bigInteger('total').notNullable();
    t.bigInteger('begun_at').notNullable();
    t.bigInteger('touched_at').notNullable();
    t.bigInteger('ended_at');
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('rounds');
}
