import type { Knex } from 'knex';

export async function up(db: Knex) {
  // The four 16-bit quarters of the perceptual hash: two hashes at most 7 bits apart have a quarter at most one bit apart.
  await db.schema.createTable('likeness', (t) => {
    t.bigInteger('image_id').notNullable().references('images.id').onDelete('CASCADE');
    t.bigInteger('owner_id').notNullable().references('accounts.id').onDelete('CASCADE');
    t.smallint('quarter').notNullable();
    t.integer('bits').notNullable();
    t.primary(['image_id', 'quarter']);
    t.index(['owner_id', 'quarter', 'bits']);
  });
}

export async function down(db: Knex) {
  await db.schema.dropTable('likeness');
}
