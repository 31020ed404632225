import type { Db } from '../db/index.ts';
import { sendLater, type MailKind } from '../mail/index.ts';

/** Whose account is changed, from where, and the site that mails are from. */
export interface From {
  accountId: number;
  address: string;
  /** BASE_URL: links in mails begin with it. */
  site: string;
}

/** What an owner is told of, since whoever did it may not have been the owner (ASVS 6.3.7). */
type Told = MailKind &
  (
    | 'two_factor_on'
    | 'two_factor_off'
    | 'recovery_codes'
    | 'passkey_added'
    | 'passkey_removed'
    | 'identity_linked'
    | 'identity_unlinked'
    | 'token_made'
    | 'feed_key_made'
    | 'username_changed'
  );

/** Tells the owner of an account by mail what was changed, with the way to a new password; wake the worker after the commit. */
export async function tellOwner(trx: Db, { accountId, site }: From, kind: Told, name = ''): Promise<void> {
  const owner = await trx('accounts').where({ id: accountId }).first('username', 'email', 'language');
  if (!owner) return;
  const params = { username: String(owner.username), name, link: `${site}/account/password/reset` };
  await sendLater(trx, { to: String(owner.email), kind, params, language: owner.language });
}
