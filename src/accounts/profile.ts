import type { Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { hashToken } from '../lib/secret.ts';
import type { Visibility } from '../lib/visibility.ts';
import { audit } from './audit.ts';
import { checkUsername, foldName } from './names.ts';
import { tellOwner, type From } from './tell.ts';
import type { Language } from '../lib/words/index.ts';

/** What a member says of themselves, and how new images of theirs begin. */
export interface Profile {
  username: string;
  firstName: string;
  lastName: string;
  /** `1990-12-31`; seen by its owner alone. */
  dateOfBirth: string | null;
  bio: string;
  visibility: Visibility;
  showName: boolean;
  /** What they read; null for what the browser asks for. */
  language: Language | null;
}

export async function readProfile(db: Db, accountId: number): Promise<Profile> {
  const row = await db('accounts').where({ id: accountId }).first();
  if (!row) throw notFound();
  return {
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    dateOfBirth: row.date_of_birth,
    bio: row.bio,
    visibility: row.visibility,
    showName: Boolean(row.show_name),
    language: row.language,
  };
}

/** How long a name that was given up leads to the new one, and is nobody else's. */
export const NAME_KEPT_MS = 180 * 24 * 60 * 60 * 1000;

/** Changes what is given, writes it down, and tells the owner of a new name by mail. */
export async function changeProfile(
  db: Db,
  from: From,
  profile: { [Field in keyof Profile]?: Profile[Field] | undefined },
  now = Date.now(),
): Promise<void> {
  const { accountId, address } = from;
  if (profile.dateOfBirth) checkDateOfBirth(profile.dateOfBirth, now);
  const columns = {
    first_name: profile.firstName,
    last_name: profile.lastName,
    date_of_birth: profile.dateOfBirth,
    bio: profile.bio,
    visibility: profile.visibility,
    show_name: profile.showName,
    language: profile.language,
  };
  const changed = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  await db.transaction(async (trx) => {
    if (Object.keys(changed).length > 0) await trx('accounts').where({ id: accountId }).update(changed);
    const before = profile.username === undefined ? null : await rename(trx, accountId, profile.username, now);
    if (before === null) return audit(trx, { accountId, act: 'profile_changed', address }, now);
    await audit(trx, { accountId, act: 'username_changed', subject: before, address }, now);
    await tellOwner(trx, from, 'username_changed', before);
  });
}

/** Answers what the name was before; null when it stays. */
async function rename(trx: Db, accountId: number, typed: string, now: number): Promise<string | null> {
  const { username: before, username_key: keyBefore } = await trx('accounts')
    .where({ id: accountId })
    .first('username', 'username_key');
  if (typed.trim().normalize('NFKC') === before) return null;
  const username = checkUsername(typed);
  const key = foldName(username);
  if (await isKept(trx, key, accountId, now))
    throw new Refusal(422, 'taken', 'profile.username_kept', { field: 'username' });
  const taken = await trx('accounts').where({ username_key: key }).whereNot({ id: accountId }).first('id');
  if (taken) throw new Refusal(422, 'taken', 'account.username_taken', { field: 'username' });
  await trx('accounts').where({ id: accountId }).update({ username, username_key: key });
  await trx('past_usernames').where({ name_key: key }).delete();
  if (key !== keyBefore)
    await trx('past_usernames')
      .insert({ name_key: keyBefore, account_id: accountId, until: now + NAME_KEPT_MS })
      .onConflict('name_key')
      .merge();
  return before;
}

/** Whether a name is kept for whoever gave it up a while ago. */
export async function isKept(db: Db, nameKey: string, accountId: number | null, now = Date.now()): Promise<boolean> {
  const row = await db('past_usernames').where({ name_key: nameKey }).where('until', '>', now).first('account_id');
  if (row) return Number(row.account_id) !== accountId;
  const gone = { name_hash: hashToken(nameKey) };
  return (await db('kept_names').where(gone).where('until', '>', now).first('until')) !== undefined;
}

/** The name that somebody has now who had this one a while ago; null for everyone else. */
export async function findRenamed(db: Db, username: string, now = Date.now()): Promise<string | null> {
  const row = await db('past_usernames as p')
    .join('accounts as a', 'a.id', 'p.account_id')
    .where('p.name_key', foldName(username))
    .where('p.until', '>', now)
    .whereNull('a.disabled_at')
    .first('a.username');
  return row?.username ?? null;
}

export async function sweepPastUsernames(db: Db, now = Date.now()): Promise<number> {
  await db('kept_names').where('until', '<=', now).delete();
  return db('past_usernames').where('until', '<=', now).delete();
}

const OLDEST = '1880-01-01';

function checkDateOfBirth(text: string, now: number) {
  const at = Date.parse(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (!real || at > now || text < OLDEST)
    throw new Refusal(422, 'invalid', 'profile.birth_form', { field: 'date_of_birth' });
}
