import { dialectOf, type Db } from '../dialect.ts';

/** A table whose rows are copied from one database into another. */
export interface Table {
  name: string;
  /** In the order of their names, so that both databases have the same; those that the database derives are not among them. */
  columns: readonly string[];
  /** Those that SQLite keeps as 0 and 1. */
  booleans: ReadonlySet<string>;
}

/** What is made again from the rest, and knex's own record of the schema. */
const DERIVED = /^(?:search_|migrations|sqlite_)/;

interface Column {
  table_name: string;
  column_name: string;
  data_type: string;
}

const COLUMNS = {
  sqlite: `SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS data_type
    FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.type = 'table' AND c.hidden = 0`,
  postgres: `SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'`,
};

/** What both databases hold alike, and JSON as well. */
const KNOWN = /^(?:integer|bigint|smallint|float|double precision|boolean|text|varchar\(\d+\)|character varying)$/;

const REFERENCES = {
  sqlite: `SELECT t.name AS child, f."table" AS parent FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
    WHERE t.schema = 'main' AND t.type = 'table'`,
  postgres: `SELECT c.relname AS child, p.relname AS parent FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace`,
};

interface Reference {
  child: string;
  parent: string;
}

async function ask<Row>(db: Db, texts: { sqlite: string; postgres: string }): Promise<Row[]> {
  const found = (await db.raw(texts[dialectOf(db)])) as Row[] | { rows: Row[] };
  return Array.isArray(found) ? found : found.rows;
}

/**
 * Names with what others refer to first. Rows go in quickest so: SQLite looks through all that may have waited for a row while
 * anything waits.
 */
function parentsFirst(names: readonly string[], references: readonly Reference[]): string[] {
  const placed = new Set<string>();
  const begun = new Set<string>();
  const place = (name: string) => {
    if (begun.has(name)) return;
    begun.add(name);
    for (const { child, parent } of references) if (child === name) place(parent);
    placed.add(name);
  };
  for (const name of names) place(name);
  return [...placed].filter((name) => names.includes(name));
}

/** The tables that hold what people made; what others refer to comes first, and else their names say the order. */
export async function tablesOf(db: Db): Promise<Table[]> {
  const found = await ask<Column>(db, COLUMNS);
  const columns = found.filter(({ table_name }) => !DERIVED.test(table_name));
  const odd = columns.find(({ data_type }) => !KNOWN.test(data_type));
  if (odd) throw new Error(`${odd.table_name}.${odd.column_name} is ${odd.data_type}, which cannot be copied yet`);
  const names = [...new Set(columns.map(({ table_name }) => table_name))].sort();
  const references = (await ask<Reference>(db, REFERENCES)).sort((a, b) => (a.parent < b.parent ? -1 : 1));
  return parentsFirst(names, references).map((name) => {
    const own = columns.filter(({ table_name }) => table_name === name);
    return {
      name,
      columns: own.map(({ column_name }) => column_name).sort(),
      booleans: new Set(own.filter(({ data_type }) => data_type === 'boolean').map(({ column_name }) => column_name)),
    };
  });
}

export const quoted = (name: string): string => `"${name}"`;
export const columnList = ({ columns }: Table): string => columns.map(quoted).join(', ');
