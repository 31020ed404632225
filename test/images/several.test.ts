import { startOrigin, type Origin } from '../support/origin.ts';
import { picture } from '../support/pictures.ts';
import { startTestSite, type ImageJson, type Member, type TestSite } from '../support/site.ts';

interface Result {
  image?: ImageJson;
  error?: { code: string; message: string; field: string };
  images?: ImageJson[];
  find?: string;
}

let origin: Origin;
let site: TestSite;
let ann: Member;

const at = (name: string) => `${origin.url}/${name}`;

beforeAll(async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  const pictures = await Promise.all(names.map((_, seed) => picture({ width: 700, height: 500, seed: 900 + seed })));
  const routes = Object.fromEntries(names.map((name, index) => [`/${name}.jpg`, pictures[index]!]));
  origin = await startOrigin({ ...routes, '/page': '<!doctype html><title>A page</title><p>Words</p>' });
  site = await startTestSite({ FETCH_ALLOW: origin.allow });
});
beforeEach(async () => {
  ann = await site.member();
});
afterAll(async () => {
  await site.end();
  await origin.close();
});

async function results(form: Record<string, unknown>, as: 'form' | 'json' = 'form'): Promise<Result[]> {
  const answer = await ann.post('/save', form, { json: true, as });
  if (answer.status !== 200) throw new Error(`saving answered ${answer.status} ${answer.text}`);
  return (answer.body as { results: Result[] }).results;
}

const own = async () =>
  ((await ann.get(`/people/${ann.username}`, { json: true })).body as { images: ImageJson[] }).images;

test('a script saves several with one form, and gets what became of each, in order', async () => {
  const found = await results({
    url1: at('a.jpg'),
    title1: 'First',
    url2: at('gone.jpg'),
    url3: at('page'),
    url4: at('b.jpg'),
    tags4: 'only, these',
    visibility4: 'private',
    title: 'For all',
    tags: 'shared',
    visibility: 'public',
  });
  expect(found.map(({ image, error }) => image?.title ?? error?.code)).toEqual([
    'First',
    'http_status',
    'not_an_image',
    'For all',
  ]);
  expect(found[1]).toMatchObject({ error: { field: 'url2' }, images: [] });
  expect(found[2]).toMatchObject({ error: { field: 'url3' } });
  expect(found.map(({ image }) => image?.visibility)).toEqual(['public', undefined, undefined, 'private']);
  expect((await ann.image(found[3]!.image!.id)).tags).toEqual(['only', 'these']);
  expect((await ann.image(found[0]!.image!.id)).tags).toEqual(['shared']);
});

test('they come to stand in the order of the form, though several are fetched at once', async () => {
  const urls = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => at(`${name}.jpg`));
  const form = Object.fromEntries(urls.map((url, index) => [`url${index + 1}`, url]));
  const ids = (await results(form)).map(({ image }) => image?.id ?? 0);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
});

test('the same picture twice in one form: the first is saved, and the second asked about until it is answered', async () => {
  const form = { url1: at('a.jpg'), url2: at('a.jpg'), once1: 'k1', once2: 'k2' };
  const [first, second] = await results(form);
  expect(second).toMatchObject({ error: { code: 'duplicate' }, images: [{ id: first?.image?.id }] });
  const [again, kept] = await results({ ...form, duplicate2: 'keep' });
  expect(again?.image?.id).toBe(first?.image?.id);
  expect(kept?.image?.id).toBeGreaterThan(first?.image?.id ?? 0);
  expect(await own()).toHaveLength(2);
});

test('one that looks like another takes its place when the form says so', async () => {
  const [first] = await results({ url1: at('c.jpg'), title1: 'Kept address' });
  const id = first?.image?.id;
  const [replaced] = await results({ url1: at('c.jpg'), duplicate1: 'replace', replace1: id });
  expect(replaced?.image?.id).toBe(id);
  const [wrong] = await results({ url1: at('d.jpg'), duplicate1: 'replace', replace1: 999_999 });
  expect(wrong?.error).toMatchObject({ code: 'unknown', field: 'replace1' });
});

test('a form that is sent again with its keys saves nothing twice', async () => {
  const form = { url1: at('a.jpg'), url2: at('b.jpg'), once: 'the-form' };
  const ids = (found: Result[]) => found.map(({ image }) => image?.id);
  const before = ids(await results(form));
  expect(ids(await results(form))).toEqual(before);
  expect(await own()).toHaveLength(2);
});

test('addresses come one a line, or as a list', async () => {
  const lines = await results({
    urls: `  ${at('a.jpg')}\r\n\r\n${at('b.jpg')}\nnot an address`,
    visibility: 'private',
  });
  expect(lines.map(({ image, error }) => image?.visibility ?? error?.field)).toEqual(['private', 'private', 'url3']);
  expect(await results({ urls: [at('c.jpg')] }, 'json')).toMatchObject([{ image: { source_url: at('c.jpg') } }]);
});

test('pictures that travel as text are taken, a megabyte each', async () => {
  const data = `data:image/jpeg;base64,${(await picture({ width: 500, height: 400, seed: 77 })).toString('base64')}`;
  const padded = (more: number) => `${data}${'A'.repeat(more)}`.slice(0, 1024 * 1024);
  const form = { url1: padded(2e6), url2: padded(2e6), url3: padded(2e6), url4: padded(2e6), url5: padded(2e6) };
  const found = await results({ ...form, duplicate: 'keep' });
  expect(found.filter(({ image }) => image)).toHaveLength(5);
});

test('a picture whose page asks not to be shared is kept for oneself, and no other is kept from anybody for it', async () => {
  const [nopin, mine, other] = await results({
    url1: at('a.jpg'),
    nopin1: '1',
    visibility1: 'members',
    url2: at('b.jpg'),
    nopin2: '1',
    visibility2: 'private',
    url3: at('c.jpg'),
  });
  expect(nopin?.error).toMatchObject({ code: 'nopin', field: 'visibility1' });
  expect(mine?.image?.visibility).toBe('private');
  expect(other?.image?.visibility).toBe('members');
});

test('what the page says of itself is said of all that were found there, and of no other', async () => {
  const [there, here, line] = await results({
    page_url: 'https://birds.example/',
    page_title: 'Birds',
    url1: at('a.jpg'),
    url2: at('b.jpg'),
    page_url2: 'https://elsewhere.example/',
    urls: at('c.jpg'),
  });
  const titles = [there, here, line].map(async (one) => (await ann.image(one!.image!.id)).provenance?.title);
  expect(await Promise.all(titles)).toEqual(['Birds', undefined, undefined]);
});

test('all go onto one board, which is made with the first, or each onto its own', async () => {
  await ann.post('/boards', { title: 'Blue things' }, { json: true });
  const [first, second, third] = await results({
    url1: at('a.jpg'),
    url2: at('b.jpg'),
    url3: at('c.jpg'),
    board3: 'blue-things',
    board_title3: '',
    board_title: '',
    board: '',
  });
  expect((await ann.image(third?.image?.id ?? 0)) as object).toMatchObject({ boards: [{ slug: 'blue-things' }] });
  expect([first?.error, second?.error]).toEqual([undefined, undefined]);
  const made = await results({ url1: at('d.jpg'), url2: at('e.jpg'), board_title: 'New one' });
  for (const { image } of made)
    expect(await ann.image(image?.id ?? 0)).toMatchObject({ boards: [{ slug: 'new-one' }] });
});

test.each([
  ['nothing', {}, 'urls'],
  ['empty lines', { urls: ' \n ' }, 'urls'],
  ['a wrong word for all', { url1: 'http://a.example/a.jpg', visibility: 'everybody' }, 'visibility'],
  ['a board for all that is not there', { url1: 'http://a.example/a.jpg', board: 'nowhere' }, 'board'],
  ['more than 200', { urls: 'http://a.example/a.jpg\n'.repeat(201) }, 'urls'],
])('%s is refused with a sentence, and nothing is fetched', async (_, form, field) => {
  const hits = origin.hits.length;
  const answer = await ann.post('/save', form, { json: true });
  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ field });
  expect(origin.hits).toHaveLength(hits);
});

test('a row that is wrong in a field says which, and the others are saved', async () => {
  const [wrong, fine, empty] = await results({
    url1: at('a.jpg'),
    title1: 'x'.repeat(501),
    url2: at('b.jpg'),
    url3: '',
  });
  expect(wrong?.error?.field).toBe('title1');
  expect(fine?.image).toBeDefined();
  expect(empty?.error?.field).toBe('url3');
});

test('200 rows with all their fields fit into one form', async () => {
  const fields = ['title', 'alt', 'caption', 'creator', 'licence', 'tags', 'board', 'visibility', 'page_url', 'once'];
  const form: Record<string, string> = {};
  for (let n = 1; n <= 200; n += 1) {
    form[`url${n}`] = 'ftp://a.example/';
    for (const name of fields) form[name + n] = '';
  }
  const found = await results(form);
  expect(found).toHaveLength(200);
  expect(new Set(found.map(({ error }) => error?.code))).toEqual(new Set(['invalid']));
});

test('each image is counted, and those beyond what an hour allows are told how long to wait', async () => {
  const limited = await startTestSite({ FETCH_ALLOW: origin.allow, LIMITS: 'on' });
  try {
    const bea = await limited.member('bea');
    const urls = 'ftp://a.example/\n'.repeat(150);
    for (const _ of [1, 2]) await bea.post('/save', { urls }, { json: true });
    const answer = await bea.post('/save', { url1: at('a.jpg') }, { json: true });
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBeDefined();
  } finally {
    await limited.end();
  }
});

describe('the page, without scripts', () => {
  test('shows lines as rows, with what was said of all, and fetches nothing', async () => {
    const hits = origin.hits.length;
    const form = { urls: `${at('a.jpg')}\nhttps://b.example/b.jpg`, tags: 'blue', act: 'look' };
    const { status, $ } = await ann.posted('/save', form);
    expect(status).toBe(200);
    expect($('#url1').val()).toBe(at('a.jpg'));
    expect($('#url2').val()).toBe('https://b.example/b.jpg');
    expect($('#tags').val()).toBe('blue');
    expect($('#urls').val()).toBe('');
    expect(origin.hits).toHaveLength(hits);
  });

  test.each([
    ['up2', ['b', 'a', 'c']],
    ['down2', ['a', 'c', 'b']],
    ['drop2', ['a', 'c']],
    ['up1', ['a', 'b', 'c']],
  ])('its buttons order the list: %s', async (act, order) => {
    const form = {
      url1: 'https://x.example/a',
      url2: 'https://x.example/b',
      title2: 'B',
      url3: 'https://x.example/c',
      act,
    };
    const { $ } = await ann.posted('/save', form);
    const shown = order.map((_, index) => String($(`#url${index + 1}`).val()).at(-1));
    expect(shown).toEqual(order);
    expect($('[data-rows] > [data-row]')).toHaveLength(order.length);
    expect($(`#title${order.indexOf('b') + 1}`).val() ?? '').toBe(
      order.includes('b') ? 'B' : ($('#title0').val() ?? ''),
    );
  });

  test('saves all and leads to one’s images, or shows those that failed with the reason, and no others', async () => {
    const all = await ann.post('/save', { url1: at('a.jpg'), url2: at('b.jpg') });
    expect([all.status, all.headers['location']]).toEqual([303, `/people/${ann.username}`]);
    const form = {
      url1: at('c.jpg'),
      url2: at('gone.jpg'),
      title2: 'Gone',
      once2: 'my-key',
      url3: at('a.jpg'),
      tags: 'x',
    };
    const { status, $ } = await ann.posted('/save', form);
    expect(status).toBe(422);
    expect($('[data-rows] > [data-row]')).toHaveLength(2);
    expect([$('#url1').val(), $('#title1').val(), $('#tags').val()]).toEqual([at('gone.jpg'), 'Gone', 'x']);
    expect($('[name=once1]').val()).toBe('my-key');
    expect($('#url1-error').text()).toContain('404');
    expect($('.flashes').text()).toContain('1 image is saved.');
    expect($('[data-rows] [data-alike]:not([hidden])')).toHaveLength(1);
    expect(await own()).toHaveLength(3);
  });

  test('comes back as it was when there is too much in it, with nothing lost', async () => {
    const urls = 'http://a.example/a.jpg\n'.repeat(201);
    const { status, $ } = await ann.posted('/save', { urls, url1: 'https://b.example/b.jpg', once1: 'x' });
    expect(status).toBe(422);
    expect(String($('#urls').val()).trim()).toBe(urls.trim());
    expect($('#url1').val()).toBe('https://b.example/b.jpg');
    expect($('#urls-error').text()).toContain('202');
  });
});
