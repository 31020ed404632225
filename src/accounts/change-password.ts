import type { Db } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { sendLater } from '../mail/index.ts';
import { revokeAllTokens } from './access-tokens.ts';
import { audit } from './audit.ts';
import { MAY_ENTER } from './deletions.ts';
import { dropFeedKey } from './feed-keys.ts';
import type { Hashing } from './hashing.ts';
import { dropLinks, findLink, linkOver, takeLink } from './links.ts';
import { checkPassword } from './passwords.ts';
import { endOtherSessions } from './sessions.ts';
import type { Language } from '../lib/words/index.ts';

/** From where somebody asks, and the site they ask. */
export interface Circumstances {
  address: string;
  /** BASE_URL: links in mails begin with it. */
  site: string;
}

export interface NewPassword {
  password: string;
  password2: string;
}

interface Owner {
  id: number;
  username: string;
  email: string;
  language: Language | null;
  first_name: string;
  last_name: string;
  password_hash: string | null;
}

const COLUMNS = ['id', 'username', 'email', 'first_name', 'last_name', 'password_hash', 'language'] as const;

const check = ({ password, password2 }: NewPassword, owner: Owner, site: string) => {
  const { username, email, first_name, last_name } = owner;
  return checkPassword(password, password2, [username, email, first_name, last_name, new URL(site).hostname]);
};

/**
 * Changes the password of somebody who knows the old one. Every session ends, also the one at hand: its owner gets a new one.
 * @throws Refusal 422 on `old_password`, `password` or `password2`
 */
export async function changePassword(
  db: Db,
  hashing: Hashing,
  accountId: number,
  form: NewPassword & { old_password: string },
  where: Circumstances,
): Promise<void> {
  const owner: Owner | undefined = await db('accounts')
    .where({ id: accountId })
    .first(...COLUMNS);
  if (!(await hashing.matches(form.old_password, owner?.password_hash ?? null)) || !owner) throw wrongPassword();
  check(form, owner, where.site);
  const hash = await hashing.hash(form.password);
  await db.transaction(async (trx) => {
    // Of two changes at once the second no longer knows the old password.
    const changed = await trx('accounts')
      .where({ id: accountId, password_hash: owner.password_hash })
      .update({ password_hash: hash });
    if (!changed) throw wrongPassword();
    await afterwards(trx, owner, 'password_changed', where);
  });
}

export const wrongPassword = () => new Refusal(422, 'wrong_password', 'password.wrong_old', { field: 'old_password' });

/** Whether a reset link can still be followed. Looking does not use it up. */
export async function findReset(db: Db, token: string): Promise<void> {
  await ownerOf(db, (await findLink(db, token, ['reset'])).accountId);
}

/**
 * Sets a new password through the link of a mail, which also shows that the email is theirs. Nobody is signed in by it: a second factor
 * is still asked for. Whoever resets a password may have lost it to somebody, who could have made access tokens: those are revoked, and
 * their names answered.
 * @throws Refusal 410 when the link is over, 422 on `password` or `password2`
 */
export async function resetPassword(
  db: Db,
  hashing: Hashing,
  token: string,
  form: NewPassword,
  where: Circumstances,
): Promise<string[]> {
  const owner = await ownerOf(db, (await findLink(db, token, ['reset'])).accountId);
  check(form, owner, where.site);
  const hash = await hashing.hash(form.password);
  return db.transaction(async (trx) => {
    await takeLink(trx, token, ['reset']);
    await trx('accounts').where({ id: owner.id }).update({ password_hash: hash });
    await trx('accounts').where({ id: owner.id, email_confirmed_at: null }).update({ email_confirmed_at: Date.now() });
    const revoked = await revokeAllTokens(trx, owner.id, where.address);
    await dropFeedKey(trx, owner.id, where.address);
    await afterwards(trx, owner, 'password_reset', where, revoked);
    return revoked;
  });
}

async function ownerOf(db: Db, accountId: number | null): Promise<Owner> {
  const owner: Owner | undefined = await db('accounts')
    .where({ id: accountId })
    .whereRaw(MAY_ENTER)
    .first(...COLUMNS);
  if (!owner) throw linkOver();
  return owner;
}

/** What a new password ends, and who is told. */
async function afterwards(
  trx: Db,
  { id, username, email, language }: Owner,
  act: 'password_changed' | 'password_reset',
  { address, site }: Circumstances,
  revoked: readonly string[] = [],
) {
  await endOtherSessions(trx, id, null);
  await dropLinks(trx, id);
  await audit(trx, { accountId: id, act, address });
  const link = `${site}/account/password/reset`;
  const params = { username, link, tokens: revoked.join(', ') };
  await sendLater(trx, {
    to: email,
    kind: revoked.length > 0 ? 'password_and_tokens' : 'password_changed',
    params,
    language,
  });
}
