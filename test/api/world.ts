import { enqueue } from '../../src/queue/index.ts';
import { startOrigin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { tokenFor } from '../support/script.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

/** A site in which there is something of everything, so that every example finds what it asks for. */
export interface World {
  site: TestSite;
  end(): Promise<void>;
  boss: Member;
  ann: Member;
  tokens: Record<'boss' | 'ann' | 'reader', string>;
  /** What the reader of the reference fills in. */
  known: Record<string, string>;
  save(who: Member, form?: Record<string, unknown>): Promise<ImageJson>;
  comment(who: Member): Promise<string>;
  board(title: string): Promise<string>;
  binnedImage(): Promise<string>;
  deadJob(): Promise<string>;
  accountId(username: string): Promise<string>;
  many(): Promise<string>;
}

export async function plantWorld(): Promise<World> {
  const origin = await startOrigin({
    '/page': {
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>Blue</title><img src="/blue.jpg" alt="A bottle" width="300" height="300">',
    },
  });
  const site = await startTestSite({ FETCH_ALLOW: origin.allow });
  const [boss, ann] = [await site.member('boss'), await site.member('ann')];
  await site.member('cyd');
  const { db } = site.site;
  const save: World['save'] = (who, form = {}) => who.save({ visibility: 'public', tags: 'blue', ...form });
  const json = async (who: Member, path: string, form: Record<string, unknown>) =>
    (await who.post(path, form, { json: true })).body as Record<string, unknown>;
  const board = async (title: string) =>
    String(((await json(boss, '/boards', { title, visibility: 'public' }))['board'] as { slug: string }).slug);

  const image = await save(boss, { title: 'Blue glass', board: await board('Things'), once: 'key-of-the-first' });
  const other = await save(ann, { title: 'Blue bottle' });
  await json(ann, '/people/boss/follow', { action: 'follow' });
  await json(boss, '/people/ann/follow', { action: 'follow' });
  await json(ann, `/images/${image.id}/like`, { action: 'like' });
  await json(boss, `/images/${other.id}/like`, { action: 'like' });
  await json(ann, `/images/${image.id}/comments`, { body: 'Lovely' });
  await save(boss, { title: 'Mine', visibility: 'private' });
  await json(boss, '/moderation/tags', { action: 'make', name: 'azure', tag: 'blue' });
  await boss.post('/account/edit', {}, { file: { bytes: await picture({ seed: 6001 }), field: 'photo' } });

  const comment: World['comment'] = async (who) =>
    String(((await json(who, `/images/${image.id}/comments`, { body: 'Blue' }))['comment'] as { id: number }).id);
  return {
    site,
    async end() {
      await site.end();
      await origin.close();
    },
    boss,
    ann,
    tokens: {
      boss: await tokenFor(boss, 'all', 'admin'),
      ann: await tokenFor(ann, 'all', 'write'),
      reader: await tokenFor(ann, 'reads', 'read'),
    },
    known: {
      ID: String(image.id),
      OTHER: String(other.id),
      USERNAME: 'boss',
      FRIEND: 'ann',
      SLUG: 'things',
      PAGE: `${origin.url}/page`,
    },
    save,
    comment,
    board,
    async binnedImage() {
      const { id } = await save(boss);
      await json(boss, `/images/${id}/delete`, {});
      return String(id);
    },
    async deadJob() {
      await enqueue(db, 'makeTiers', { image: 999_999_999 }, { runAt: Date.now() + 60_000 });
      const { id } = await db('jobs').where('payload', 'like', '%999999999%').orderBy('id', 'desc').first('id');
      await db('jobs').where({ id }).update({ failed_at: 1, attempts: 12, last_error: 'The store is away' });
      return String(id);
    },
    accountId: async (username) => String((await db('accounts').where({ username }).first('id')).id),
    async many() {
      const answer = await json(boss, '/images/many', { action: 'tag', tags: 'many', ids: String(image.id) });
      return String((answer['many'] as { id: number }).id);
    },
  };
}
