import type { Db } from '../../src/db/index.ts';
import { picture } from './pictures.ts';
import type { ImageJson, Member, TestSite } from './site.ts';

export const idOf = async (db: Db, { username }: Member): Promise<number> =>
  Number((await db('accounts').where({ username }).first('id')).id);

/** Whatever a member can leave behind on a site, of one who is to go and towards others: a row in each table that can have one. */
export async function liveTogether(site: TestSite, ann: Member, bob: Member) {
  const { db } = site.site;
  const [a, b] = [await idOf(db, ann), await idOf(db, bob)];
  const form = { title: 'Bricks', caption: 'A wall,\nin the "evening"', tags: 'wall, brick' };
  const images: ImageJson[] = [
    await ann.save({ ...form, visibility: 'public', page_title: 'All about walls', noai: '1' }),
    await ann.save({ title: 'Mine alone', visibility: 'private' }, { width: 300, height: 200 }),
    await ann.save({ title: 'Thrown away', visibility: 'public', resolution: 'full' }),
  ];
  await ann.post(`/images/${images[2]?.id}/delete`);
  const theirs = await bob.save({ title: 'Of Bob', visibility: 'public' });
  const face = await picture({ width: 500, height: 500, seed: 77 });
  await ann.post('/account/edit', { first_name: 'Zelda', bio: 'Blue.' }, { file: { bytes: face, field: 'photo' } });
  const [id, now] = [images[0]?.id ?? 0, Date.now()];
  const at = { created_at: now };
  const board = async (owner_id: number, slug: string) =>
    Number(
      (
        await db('boards')
          .insert({ owner_id, slug, title: slug, ...at })
          .returning('id')
      )[0].id,
    );
  const [mine, his] = [await board(a, 'walls'), await board(b, 'bobs')];
  await db('board_images').insert([
    { board_id: mine, image_id: id, position: 1, added_by: a, ...at },
    { board_id: his, image_id: theirs.id, position: 1, added_by: a, ...at },
    { board_id: his, image_id: id, position: 2, added_by: b, ...at },
  ]);
  await db('likes').insert([
    { account_id: a, image_id: theirs.id, ...at },
    { account_id: b, image_id: id, ...at },
  ]);
  await db('images').whereIn('id', [theirs.id, id]).update({ likes: 1 });
  await db('comments').insert([
    { account_id: a, image_id: theirs.id, body: 'How blue!', ...at },
    { account_id: b, image_id: id, body: 'How red!', ...at },
  ]);
  await db('removed_comments').insert([
    { comment_id: 901, image_id: theirs.id, account_id: a, body: 'x', removed_by: b, removed_at: now, ...at },
    { comment_id: 902, image_id: id, account_id: b, body: 'y', removed_by: a, removed_at: now, ...at },
  ]);
  await db('follows').insert([
    { follower_id: a, account_id: b, ...at },
    { follower_id: b, account_id: a, ...at },
  ]);
  await db('accounts').whereIn('id', [a, b]).update({ followers: 1, following: 1 });
  await db('board_follows').insert({ follower_id: a, board_id: his, ...at });
  await db('blocks').insert({ blocker_id: b, account_id: a, ...at });
  await tell(db, { a, b, image: id });
  await db('image_views').insert({ image_id: id, day: '2026-11-20', n: 3 });
  return { a, b, images, theirs, mine, his };
}

/** What the one did, told to the other, read and unread. */
async function tell(db: Db, { a, b, image }: { a: number; b: number; image: number }) {
  const at = { minute: 1, created_at: 1 };
  await db('actions').insert([
    { account_id: a, verb: 'followed', person_id: b, ...at },
    { account_id: b, verb: 'liked', image_id: image, ...at },
    { account_id: b, verb: 'followed', person_id: a, ...at },
  ]);
  await db('notices').insert([
    { account_id: b, actor_id: a, kind: 'followed', created_at: 1 },
    { account_id: a, actor_id: b, kind: 'liked', image_id: image, created_at: 1 },
    { account_id: a, actor_id: b, kind: 'followed', read_at: 5, created_at: 1 },
  ]);
  await db('notice_settings').insert({ account_id: a, kind: 'liked', how: 'never' });
}

/** Lets a recurring job run now. */
export async function runNow(site: TestSite, kind: string) {
  await site.site.db('jobs').where({ kind }).update({ run_at: 0 });
  site.site.wake();
  await site.settled();
}
