import type { Db } from '../db/index.ts';

/** What members are told of. */
export const NOTICE_KINDS = ['liked', 'commented', 'mentioned', 'followed', 'kept'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** How they are told. */
export const NOTICE_WAYS = ['site', 'now', 'daily', 'never'] as const;
export type NoticeWay = (typeof NOTICE_WAYS)[number];

export type NoticeSettings = Record<NoticeKind, NoticeWay>;

/** How somebody wants to be told of each kind: on the site where they said nothing. */
export async function readNoticeSettings(db: Db, accountId: number): Promise<NoticeSettings> {
  const rows: { kind: NoticeKind; how: NoticeWay }[] = await db('notice_settings').where({ account_id: accountId });
  const said = new Map(rows.map(({ kind, how }) => [kind, how]));
  return Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, said.get(kind) ?? 'site'])) as NoticeSettings;
}

/** Changes what is given; the rest stays as it is. What waits for a mail that is no longer wanted is told on the site. */
export async function setNoticeSettings(
  db: Db,
  accountId: number,
  settings: { readonly [Kind in NoticeKind]?: NoticeWay | undefined },
) {
  const rows = Object.entries(settings).map(([kind, how]) => ({ account_id: accountId, kind, how }));
  if (rows.length === 0) return;
  await db.transaction(async (trx) => {
    await trx('notice_settings').insert(rows).onConflict(['account_id', 'kind']).merge();
    for (const { kind, how } of rows)
      await trx('notices').where({ account_id: accountId, kind }).whereNot({ mail: how }).update({ mail: null });
  });
}
