import type { Knex } from 'knex';

export async function up(db: Knex) {
  await db.schema.createTable('jobs', (t) => {
    t.bigIncrements('id');
    t.string('kind', 60).notNullable();
    t.text('payload').notNullable();
    t.string('unique_key', 120);
    t.integer('priority').notNullable().defaultTo(100);
    t.bigInteger('run_at').notNullable();
    t.integer('attempts').notNullable().defaultTo(0);
    t.string('lease_token', 60);
    t.bigInteger('lease_until');
    t.text('last_error');
    t.bigInteger('failed_at');
    t.bigInteger('created_at').notNullable();
  });
  await db.raw('CREATE INDEX jobs_waiting ON jobs (priority, run_at, id) WHERE failed_at IS NULL');
  await db.raw(
    'CREATE UNIQUE INDEX jobs_once ON jobs (kind, unique_key) WHERE unique_key IS NOT NULL AND failed_at IS NULL',
  );
}

export async function down(db: Knex) {
  await db.schema.dropTable('jobs');
}
