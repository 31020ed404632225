import type { Db } from '../db/index.ts';
import type { Vault } from '../lib/vault.ts';
import { about } from './two-factor.ts';

const AT_ONCE = 500;

/**
 * Seals with the newest key whatever an older one has sealed, so that the older ones can go. `lost` are those that no key opens:
 * they stay as they are. May run beside a site that knows all these keys.
 */
export async function sealAnew(db: Db, vault: Vault): Promise<{ sealed: number; lost: number }> {
  const counted = { sealed: 0, lost: 0 };
  for (let after = 0; ;) {
    const rows: { account_id: number; secret: string }[] = await db('second_factors')
      .where('account_id', '>', after)
      .orderBy('account_id')
      .limit(AT_ONCE)
      .select('account_id', 'secret');
    const last = rows.at(-1);
    if (!last) return counted;
    after = Number(last.account_id);
    for (const row of rows.filter(({ secret }) => vault.isOld(secret))) {
      const whose = about(Number(row.account_id));
      const secret = vault.open(whose, row.secret);
      if (secret === null) counted.lost++;
      // Set up anew meanwhile, it is sealed with the newest already.
      else
        counted.sealed += await db('second_factors')
          .where(row)
          .update({ secret: vault.seal(whose, secret) });
    }
  }
}
