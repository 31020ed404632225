import { createReadStream } from 'node:fs';
import type { Db } from '../db/index.ts';
import { iso } from './image-json.ts';
import { followed, kept, together } from './lists.ts';

/** Changes when a reader of the one before would get something wrong. */
export const VERSION = 1;

interface Person {
  account: number;
  site: string;
  now: number;
  photo: Record<string, string>;
  /** The file with the JSON of the images that are in the zip. */
  spool: string;
}

/** The text of bowerbird.json, piece by piece. */
export async function* personJson(
  db: Db,
  { account, site, now, photo, spool }: Person,
): AsyncGenerator<string | Buffer> {
  const head = {
    format: 'bowerbird',
    version: VERSION,
    exported_at: iso(now),
    site,
    account: await accountOf(db, account),
  };
  yield `${JSON.stringify({ ...head, photo }, null, 1).slice(0, -2)},\n "images": [`;
  yield* createReadStream(spool) as AsyncIterable<Buffer>;
  yield '\n ]';
  for (const [name, rows] of [...kept(db, account), ...together(db, account), ...followed(db, account)])
    yield* listJson(name, rows);
  yield '\n}\n';
}

async function* listJson(name: string, rows: AsyncIterable<object>): AsyncGenerator<string> {
  yield `,\n ${JSON.stringify(name)}: [`;
  let separator = '';
  for await (const row of rows) {
    yield `${separator}\n${JSON.stringify(row)}`;
    separator = ',';
  }
  yield '\n ]';
}

async function accountOf(db: Db, id: number) {
  const row = await db('accounts').where({ id }).first();
  const past: { name_key: string }[] = await db('past_usernames').where({ account_id: id }).orderBy('name_key');
  return {
    username: row.username,
    past_usernames: past.map(({ name_key }) => name_key),
    email: row.email,
    email_confirmed_at: iso(row.email_confirmed_at),
    role: row.role,
    first_name: row.first_name,
    last_name: row.last_name,
    date_of_birth: row.date_of_birth,
    bio: row.bio,
    visibility: row.visibility,
    show_name: Boolean(row.show_name),
    created_at: iso(row.created_at),
  };
}
