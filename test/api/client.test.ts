import { documentOf } from '../../src/api/openapi/document.ts';
import { clientOf, type Client } from '../support/openapi.ts';
import { tokenFor } from '../support/script.ts';
import { addressOf, startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

describe('a client that is made from the document', () => {
  let site: TestSite;
  let ann: Member;
  let client: Client;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
    ann = await site.member('ann');
    const definition = JSON.parse(JSON.stringify(documentOf())) as object;
    client = await clientOf(definition, addressOf(site.server), await tokenFor(ann, 'client', 'write'));
  });
  afterAll(() => site.end());

  const call = (name: string, ...told: Parameters<Client[string]>) => {
    const operation = client[name];
    if (!operation) throw new Error(`no ${name}`);
    return operation(...told) as Promise<{
      status: number;
      data: Record<string, unknown>;
      headers: Record<string, string>;
    }>;
  };

  test('goes through a collection: finds, likes, comments, files, and follows', async () => {
    const bea = await site.member('bea');
    const { id } = await bea.save({ title: 'Blue', visibility: 'public' });
    const list = await call('listImages', { page: 1 });
    expect((list.data['images'] as ImageJson[]).map(({ title }) => title)).toEqual(['Blue']);
    expect((await call('likeImage', { id }, { action: 'like' })).data).toEqual({ liked: true, likes: 1 });
    expect((await call('addComment', { id }, { body: 'What a blue!' })).status).toBe(201);
    const filed = await call('fileImage', { id }, { title: 'Blue things' });
    expect(filed.data).toMatchObject({ on: true, board: { slug: 'blue-things', images: 1 } });
    expect((await call('followPerson', { username: 'bea' }, { action: 'follow' })).data).toMatchObject({
      following: true,
    });
    const image = (await call('readImage', { id, slug: 'blue' })).data['image'];
    expect(image).toMatchObject({ liked: true, likes: 1, comments: 1, boards: [{ slug: 'blue-things' }] });
  });

  test('sends what a header is for, and reads what is said in them', async () => {
    const first = await call('listLiked', {});
    const match = { 'If-None-Match': first.headers['etag'] };
    expect((await call('listLiked', match)).status).toBe(304);
  });

  test('is refused in the words of the document', async () => {
    const wrong = await call('createBoard', null, { title: '' });
    expect([wrong.status, wrong.data]).toEqual([422, { error: expect.objectContaining({ field: 'title' }) }]);
    expect((await call('listAccounts')).data).toMatchObject({ error: { code: 'scope' } });
  });
});
