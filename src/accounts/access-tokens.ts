import { query, type Db } from '../db/index.ts';
import { notFound, Refusal } from '../errors.ts';
import { hashToken, randomToken } from '../lib/secret.ts';
import type { Visibility } from '../lib/visibility.ts';
import { audit } from './audit.ts';
import type { Member, Role } from './sessions.ts';
import { tellOwner, type From } from './tell.ts';
import type { Language } from '../lib/words/index.ts';

/** What a token may do, each more than the one before. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface AccessToken {
  id: number;
  name: string;
  scope: Scope;
  createdAt: number;
  /** To within ten minutes; null when it was never used. */
  usedAt: number | null;
}

export const MAX_TOKENS = 20;

/** Says what it is wherever it is found, so that scanners for lost secrets know it. */
const PREFIX = 'bowerbird_';
const FORM = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{43}$`);

/** The tokens of an account, the newest first. */
export async function listTokens(db: Db, accountId: number): Promise<AccessToken[]> {
  const rows = await db('access_tokens')
    .where({ account_id: accountId })
    .orderBy('id', 'desc')
    .select('id', 'name', 'scope', 'created_at', 'used_at');
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name as string,
    scope: row.scope as Scope,
    createdAt: Number(row.created_at),
    usedAt: row.used_at === null ? null : Number(row.used_at),
  }));
}

/**
 * Makes a token and answers it: the only time that it is there in clear. The owner is told by mail.
 * @throws Refusal 422 when the account has enough of them, or the scope is more than the member's
 */
export async function makeToken(
  db: Db,
  role: Role,
  from: From,
  { name, scope }: { name: string; scope: Scope },
  now = Date.now(),
): Promise<string> {
  const { accountId, address } = from;
  if (scope === 'admin' && role === 'member') throw new Refusal(422, 'invalid', 'tokens.not_yours', { field: 'scope' });
  return db.transaction(async (trx) => {
    const token = await insertToken(trx, accountId, { name, scope }, now);
    await audit(trx, { accountId, act: 'token_made', subject: name, address, detail: { scope } }, now);
    await tellOwner(trx, from, 'token_made', name);
    return token;
  });
}

async function insertToken(db: Db, id: number, { name, scope }: { name: string; scope: Scope }, now: number) {
  // Those who ask at the same time wait for one another, or each would find room for one more.
  await db('accounts').where({ id }).forUpdate().first('id');
  const has = await db('access_tokens').where({ account_id: id }).pluck('id');
  if (has.length >= MAX_TOKENS)
    throw new Refusal(422, 'too_many', 'tokens.too_many', { field: 'name', params: { max: MAX_TOKENS } });
  const token = PREFIX + randomToken();
  const row = { account_id: id, name, scope, token_hash: hashToken(token), created_at: now };
  await db('access_tokens').insert(row);
  return token;
}

/** Takes a token of the account back and answers its name; 404 where there is none such. */
export async function revokeToken(db: Db, { accountId, address }: From, id: number): Promise<string> {
  return db.transaction(async (trx) => {
    const its = () => trx('access_tokens').where({ id, account_id: accountId });
    const found = await its().first('name');
    if (!found || (await its().delete()) === 0) throw notFound();
    const subject = String(found.name);
    await audit(trx, { accountId, act: 'token_revoked', subject, address });
    return subject;
  });
}

/** Takes all tokens of an account back, and answers their names: for when somebody else may have made them. */
export async function revokeAllTokens(trx: Db, accountId: number, address: string): Promise<string[]> {
  const its = () => trx('access_tokens').where({ account_id: accountId });
  const names: string[] = await its().orderBy('id').pluck('name');
  await its().delete();
  for (const subject of names) await audit(trx, { accountId, act: 'token_revoked', subject, address });
  return names;
}

interface TokenRow {
  id: number;
  username: string;
  role: Role;
  visibility: Visibility;
  show_name: boolean | number;
  language: Language | null;
  token_id: number;
  scope: Scope;
  used_at: number | null;
}

const findTokenRow = query<TokenRow>(`
  SELECT a.id, a.username, a.role, a.visibility, a.show_name, a.language, t.id AS token_id, t.scope, t.used_at
  FROM access_tokens t JOIN accounts a ON a.id = t.account_id
  WHERE t.token_hash = ? AND a.disabled_at IS NULL`);

/** How exactly "last used" is kept: scripts ask often, and a write each time would be the costliest part. */
const USED_STEP = 10 * 60 * 1000;

/** In whose name a token speaks, and how far; undefined where it is not known, or the account is disabled. */
export async function findToken(
  db: Db,
  token: string,
  now = Date.now(),
): Promise<{ member: Member; scope: Scope } | undefined> {
  const row = FORM.test(token) ? await findTokenRow.first(db, [hashToken(token)]) : undefined;
  if (!row) return undefined;
  if (row.used_at === null || now - row.used_at > USED_STEP)
    await db('access_tokens').where({ id: row.token_id }).update({ used_at: now });
  const { token_id: _, used_at: __, scope, show_name, ...member } = row;
  // A token never stands for the person at the keyboard: what asks for the password again is closed to it, and no header
  // says what is unread.
  return { member: { ...member, unread: 0, showName: Boolean(show_name), freshAt: 0 }, scope };
}
