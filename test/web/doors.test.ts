import { routes } from '../../src/routes.ts';
import { startTestSite, type ImageJson, type Member, type TestSite, type Visitor } from '../support/site.ts';

/**
 * What each kind of visitor is answered: `in` (the door opens: 200, or 403 for a form without its token), `sign-in` (303 to
 * the sign-in for a page, 401 for a script), `nothing` (404), `home` (303 to /account: signed in already), `begin`
 * (303 to the sign-in for everybody: its first step was not done), `account`
 * (the same for who may not come in; 403 for a script), `draft` (303 to the form of a draft, which no token is needed for), `lost`
 * (303 to the sign-in, and to a form after it that lacks what was shared).
 */
type Expected = 'draft' | 'lost' | 'begin' | 'refused' | 'over' | 'in' | 'sign-in' | 'nothing' | 'home' | 'account';

const PEOPLE = ['visitor', 'newcomer', 'stranger', 'owner', 'admin'] as const;
/** An address, and what each of PEOPLE is answered there. */
type Row = readonly [string, Expected, Expected, Expected, Expected, Expected];

const everyone = (address: string): Row => [address, 'in', 'in', 'in', 'in', 'in'];
const visitors = (address: string): Row => [address, 'in', 'home', 'home', 'home', 'home'];
/** A link that was never sent: whoever follows it is told that it is over. */
const over = (address: string): Row => [address, 'over', 'over', 'over', 'over', 'over'];
const members = (address: string): Row => [address, 'sign-in', 'in', 'in', 'in', 'in'];
const admins = (address: string): Row => [address, 'sign-in', 'account', 'account', 'account', 'in'];
const nobody = (address: string): Row => [address, 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'];
const owners = (address: string): Row => [address, 'sign-in', 'nothing', 'nothing', 'in', 'nothing'];
/** What the stranger has written below the owner's image. */
const strangers = (address: string): Row => [address, 'sign-in', 'nothing', 'in', 'nothing', 'nothing'];
/** Bytes never send to the sign-in: what one may not see is not there. */
const seen = { public: everyone, members: bytesOfMembers, private: bytesOfOwner };

function bytesOfMembers(address: string): Row {
  return [address, 'nothing', 'in', 'in', 'in', 'in'];
}
function bytesOfOwner(address: string): Row {
  return [address, 'nothing', 'nothing', 'nothing', 'in', 'nothing'];
}

/** Every route of the site. `{public}`, `{members}`, `{private}` and `{binned}` are images of the owner. */
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  'GET /': [everyone('/')],
  'GET /oembed': [
    everyone('/oembed?url=https://localhost:9000{public.url}'),
    nobody('/oembed?url=https://localhost:9000{members.url}'),
    nobody('/oembed?url=https://localhost:9000{private.url}'),
    nobody('/oembed?url=https://localhost:9000{binned.url}'),
  ],
  'GET /healthz': [everyone('/healthz')],
  'GET /readyz': [everyone('/readyz')],
  'GET /bookmarklet.js': [everyone('/bookmarklet.js')],
  'GET /manifest.webmanifest': [everyone('/manifest.webmanifest')],
  'GET /keys': [everyone('/keys')],
  'GET /account/bookmarklet/example': [everyone('/account/bookmarklet/example')],
  'GET /offline': [everyone('/offline')],
  'GET /service-worker.js': [everyone('/service-worker.js')],
  // Only where somebody works on the site.
  'GET /styleguide': [nobody('/styleguide')],
  'POST /share': [['/share', 'lost', 'draft', 'draft', 'draft', 'draft']],
  'GET /account/register': [visitors('/account/register')],
  'POST /account/register': [everyone('/account/register')],
  'GET /account/login': [visitors('/account/login')],
  'POST /account/login': [everyone('/account/login')],
  'POST /account/logout': [everyone('/account/logout')],
  'GET /account/login/code': [['/account/login/code', 'begin', 'home', 'home', 'home', 'home']],
  'POST /account/login/code': [everyone('/account/login/code')],
  'POST /account/login/options': [everyone('/account/login/options')],
  'POST /account/login/passkey': [everyone('/account/login/passkey')],
  'GET /account/passkeys': [members('/account/passkeys')],
  'POST /account/passkeys': [members('/account/passkeys')],
  'POST /account/passkeys/options': [members('/account/passkeys/options')],
  'POST /account/again/options': [members('/account/again/options')],
  'GET /account/two-factor': [members('/account/two-factor')],
  'POST /account/two-factor': [members('/account/two-factor')],
  'GET /account/again': [members('/account/again')],
  'POST /account/again': [members('/account/again')],
  'GET /account/sessions': [members('/account/sessions')],
  'POST /account/sessions': [members('/account/sessions')],
  'GET /account/tokens': [members('/account/tokens')],
  'POST /account/tokens': [members('/account/tokens')],
  'POST /account/tokens/:id/delete': [members('/account/tokens/1/delete')],
  'POST /account/tokens/delete': [members('/account/tokens/delete')],
  'GET /account/log': [members('/account/log')],
  'GET /account/notices': [members('/account/notices')],
  'POST /account/notices': [members('/account/notices')],
  'GET /account/notices/stop/:token': [
    ['/account/notices/stop/1.nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /account/notices/stop/:token': [everyone('/account/notices/stop/1.nothing')],
  'GET /account/notices/settings': [members('/account/notices/settings')],
  'POST /account/notices/settings': [members('/account/notices/settings')],
  'GET /account/feeds': [members('/account/feeds')],
  'POST /account/feeds': [members('/account/feeds')],
  'GET /account/tags': [members('/account/tags')],
  'POST /account/tags': [members('/account/tags')],
  'GET /account/tags/completions': [members('/account/tags/completions?q=b')],
  'GET /admin': [admins('/admin')],
  'POST /admin/accounts/:id': [admins('/admin/accounts/999999')],
  'GET /admin/invitations': [admins('/admin/invitations')],
  'POST /admin/invitations': [admins('/admin/invitations')],
  'GET /admin/site': [admins('/admin/site')],
  'GET /admin/jobs': [admins('/admin/jobs')],
  'POST /admin/jobs/:id': [admins('/admin/jobs/999999')],
  'GET /admin/storage': [admins('/admin/storage')],
  'GET /admin/log': [admins('/admin/log')],
  'GET /account/password/change': [members('/account/password/change')],
  'POST /account/password/change': [members('/account/password/change')],
  'GET /account/password/change/done': [members('/account/password/change/done')],
  'GET /account/password/reset': [everyone('/account/password/reset')],
  'POST /account/password/reset': [everyone('/account/password/reset')],
  'GET /account/password/reset/done': [everyone('/account/password/reset/done')],
  'GET /account/password/reset/complete': [everyone('/account/password/reset/complete')],
  'GET /account/password/reset/:token': [over('/account/password/reset/nothing')],
  'POST /account/password/reset/:token': [everyone('/account/password/reset/nothing')],
  'GET /account/confirm': [everyone('/account/confirm')],
  'POST /account/confirm': [everyone('/account/confirm')],
  'GET /account/confirm/:token': [over('/account/confirm/nothing')],
  'POST /account/confirm/:token': [everyone('/account/confirm/nothing')],
  'GET /account/email': [members('/account/email')],
  'POST /account/email': [members('/account/email')],
  'POST /account/login/with/:provider': [everyone('/account/login/with/1')],
  'GET /account/login/from/:provider': [
    ['/account/login/from/1', 'refused', 'refused', 'refused', 'refused', 'refused'],
  ],
  'POST /account/again/with/:provider': [members('/account/again/with/1')],
  'GET /account/register/identity': [['/account/register/identity', 'begin', 'begin', 'begin', 'begin', 'begin']],
  'POST /account/register/identity': [everyone('/account/register/identity')],
  'GET /account/identities': [members('/account/identities')],
  'POST /account/identities': [members('/account/identities')],
  'GET /account/data': [members('/account/data')],
  'POST /account/data': [members('/account/data')],
  'GET /account/data/file': [['/account/data/file', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing']],
  'GET /account/delete': [members('/account/delete')],
  'POST /account/delete': [members('/account/delete')],
  'GET /account/return': [['/account/return', 'begin', 'home', 'home', 'home', 'home']],
  'POST /account/return': [everyone('/account/return')],
  'GET /account': [members('/account')],
  'GET /account/bookmarklet': [everyone('/account/bookmarklet')],
  'GET /account/edit': [members('/account/edit')],
  'POST /account/edit': [members('/account/edit')],
  'GET /images': [members('/images')],
  'GET /images/create': [members('/images/create')],
  'POST /images/create': [members('/images/create')],
  'GET /images/create/state': [['/images/create/state?once=k', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing']],
  'GET /images/create/had': [members('/images/create/had?url=x')],
  'GET /images/find': [members('/images/find')],
  'POST /images/find': [members('/images/find')],
  'GET /save': [members('/save')],
  'POST /save': [members('/save')],
  'GET /images/private': [members('/images/private')],
  'GET /images/bin': [members('/images/bin')],
  'GET /images/many': [members('/images/many')],
  'POST /images/many': [members('/images/many')],
  'GET /images/many/:id': [['/images/many/1', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing']],
  'POST /images/many/:id/undo': [members('/images/many/1/undo')],
  'GET /images/:id/similar': [
    members('/images/{public.id}/similar'),
    members('/images/{members.id}/similar'),
    owners('/images/{private.id}/similar'),
    ['/images/{binned.id}/similar', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /images/ranking': [members('/images/ranking')],
  'GET /images/liked': [members('/images/liked')],
  'GET /images/:id/like': [
    everyone('/images/{public}/like'),
    members('/images/{members}/like'),
    seen.private('/images/{private}/like'),
    ['/images/{binned}/like', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /people': [members('/people')],
  'GET /people/:username/followers': [
    everyone('/people/owner/followers'),
    ['/people/nobody/followers', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /people/:username/following': [
    everyone('/people/owner/following'),
    ['/people/nobody/following', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /people/:username/follow': [
    members('/people/owner/follow'),
    ['/people/nobody/follow', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /images/:id/like': [
    members('/images/{public}/like'),
    members('/images/{members}/like'),
    owners('/images/{private}/like'),
    ['/images/{binned}/like', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /images/:id/save': [
    members('/images/{public}/save'),
    members('/images/{members}/save'),
    owners('/images/{private}/save'),
    ['/images/{binned}/save', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /images/:id/comments': [
    everyone('/images/{public}/comments'),
    members('/images/{members}/comments'),
    seen.private('/images/{private}/comments'),
    ['/images/{binned}/comments', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /images/:id/comments': [
    members('/images/{public}/comments'),
    members('/images/{members}/comments'),
    owners('/images/{private}/comments'),
    ['/images/{binned}/comments', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /images/:id/comments/:comment/edit': [strangers('/images/{public}/comments/{comment}/edit')],
  'POST /images/:id/comments/:comment/edit': [
    strangers('/images/{public}/comments/{comment}/edit'),
    ['/images/{private}/comments/{comment}/edit', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['/images/{members}/comments/{comment}/edit', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /images/:id/comments/:comment/delete': [
    ['/images/{public}/comments/{comment}/delete', 'sign-in', 'nothing', 'in', 'in', 'in'],
    ['/images/{private}/comments/{comment}/delete', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['/images/{public}/comments/999999/delete', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /moderation/comments': [['/moderation/comments', 'sign-in', 'nothing', 'nothing', 'nothing', 'in']],
  'GET /moderation/tags': [['/moderation/tags', 'sign-in', 'nothing', 'nothing', 'nothing', 'in']],
  'POST /moderation/tags': [['/moderation/tags', 'sign-in', 'nothing', 'nothing', 'nothing', 'in']],
  'GET /images/:id/edit': [
    owners('/images/{public}/edit'),
    owners('/images/{private}/edit'),
    [`/images/{binned}/edit`, 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['/images/999999/edit', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'POST /images/:id/edit': [owners('/images/{public}/edit'), owners('/images/{private}/edit')],
  'POST /images/:id/delete': [owners('/images/{public}/delete'), owners('/images/{members}/delete')],
  // What is in the bin is looked up behind the token, since the door looks only at images that are there.
  'POST /images/:id/restore': [members('/images/{binned}/restore')],
  'GET /images/:id/state': [
    everyone('/images/{public}/state'),
    members('/images/{members}/state'),
    seen.private('/images/{private}/state'),
    ['/images/{binned}/state', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /images/:id/download': [
    seen.public('/images/{public}/download'),
    seen.members('/images/{members}/download'),
    seen.private('/images/{private}/download'),
    ['/images/{binned}/download', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /images/:id{/:slug}': [
    everyone('{public.url}'),
    members('{members.url}'),
    seen.private('{private.url}'),
    ['{binned.url}', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['/images/999999/image', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /media/photo/:file': [['/media/photo/nothing.jpg', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing']],
  'GET /media/:file': [
    seen.public('{public.high}'),
    seen.members('{members.high}'),
    seen.private('{private.high}'),
    ['{binned.high}', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /api': [everyone('/api')],
  'GET /api/v1/openapi.json': [everyone('/api/v1/openapi.json')],
  'GET /search': [members('/search?q=for')],
  'GET /search/completions': [members('/search/completions?q=fo')],
  'GET /search/feed.:format': [
    members('/search/feed.atom?q=for'),
    ['/search/feed.xml?q=for', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /feeds/:key/feed.:format': [nobody('/feeds/nothing/feed.json')],
  'GET /feeds/:key/search.:format': [nobody('/feeds/nothing/search.json?q=for')],
  'GET /feeds/:key/media/:file': [nobody('/feeds/nothing/media/nothing.jpg')],
  'POST /images/:id/boards': [
    members('/images/{public}/boards'),
    owners('/images/{private}/boards'),
    ['/images/{binned}/boards', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /tags': [members('/tags')],
  'GET /tags/:name': [
    members('/tags/for-all'),
    members('/tags/for-members'),
    ['/tags/for-me', 'sign-in', 'nothing', 'nothing', 'in', 'nothing'],
    ['/tags/nothing', 'sign-in', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /boards': [members('/boards')],
  'POST /boards': [members('/boards')],
  'GET /boards/create': [members('/boards/create')],
  'GET /boards/bin': [members('/boards/bin')],
  'GET /people/:username/feed.:format': [
    everyone('/people/owner/feed.rss'),
    nobody('/people/nobody/feed.rss'),
    nobody('/people/owner/feed.xml'),
  ],
  'GET /people/:username/boards/:slug/feed.:format': [
    everyone('/people/owner/boards/for-all/feed.json'),
    nobody('/people/owner/boards/for-members/feed.json'),
    nobody('/people/owner/boards/for-me/feed.json'),
  ],
  'GET /tags/:name/feed.:format': [
    everyone('/tags/for-all/feed.atom'),
    nobody('/tags/for-members/feed.atom'),
    nobody('/tags/for-me/feed.atom'),
  ],
  'GET /people/:username/boards': [
    everyone('/people/owner/boards'),
    ['/people/nobody/boards', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /people/:username/boards/:slug': [
    everyone('/people/owner/boards/for-all'),
    members('/people/owner/boards/for-members'),
    seen.private('/people/owner/boards/for-me'),
    ['/people/owner/boards/nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['/people/stranger/boards/for-all', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
  'GET /people/:username/boards/:slug/edit': [
    owners('/people/owner/boards/for-all/edit'),
    owners('/people/owner/boards/for-me/edit'),
  ],
  'POST /people/:username/boards/:slug/edit': [owners('/people/owner/boards/for-all/edit')],
  'POST /people/:username/boards/:slug/delete': [owners('/people/owner/boards/for-members/delete')],
  'POST /people/:username/boards/:slug/restore': [members('/people/owner/boards/for-all/restore')],
  'GET /people/:username/boards/:slug/arrange': [owners('/people/owner/boards/for-all/arrange')],
  'POST /people/:username/boards/:slug/images': [owners('/people/owner/boards/for-all/images')],
  'GET /people/:username/boards/:slug/people': [owners('/people/owner/boards/for-all/people')],
  'POST /people/:username/boards/:slug/people': [owners('/people/owner/boards/for-all/people')],
  'POST /people/:username/boards/:slug/link': [owners('/people/owner/boards/for-all/link')],
  'POST /people/:username/boards/:slug/invitation': [members('/people/owner/boards/for-all/invitation')],
  'GET /boards/link/:key': [nobody(`/boards/link/${'x'.repeat(43)}`), nobody('/boards/link/short')],
  'POST /people/:username/boards/:slug/follow': [members('/people/owner/boards/for-all/follow')],
  'GET /people/:username': [
    everyone('/people/owner'),
    ['/people/nobody', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
  ],
};

const cases = Object.entries(TABLE).flatMap(([route, rows]) =>
  rows.map((row) => ({
    method: route.split(' ')[0] as 'GET' | 'POST',
    row,
    title: `${route.split(' ')[0]} ${row[0]}`,
  })),
);

describe('the doors of the site', () => {
  let site: TestSite;
  let people: Record<(typeof PEOPLE)[number], Visitor>;
  let images: Record<string, ImageJson>;

  beforeAll(async () => {
    site = await startTestSite();
    const admin = await site.member('boss');
    const owner = await site.member('owner');
    const stranger = await site.member('stranger');
    people = { visitor: site.visitor(), newcomer: await site.member('newcomer'), stranger, owner, admin };
    await stranger.save({ visibility: 'public' });
    images = {
      public: await owner.save({ title: 'For all', tags: 'for-all', visibility: 'public' }),
      members: await owner.save({ title: 'For members', tags: 'for-members', visibility: 'members' }),
      private: await owner.save({ title: 'For me', tags: 'for-me', visibility: 'private' }),
      binned: await owner.save({ title: 'For nobody', visibility: 'public' }),
    };
    for (const [title, visibility] of [
      ['For all', 'public'],
      ['For members', 'members'],
      ['For me', 'private'],
    ])
      await owner.post('/boards', { title, visibility }, { json: true });
    const binned = await owner.post(`/images/${images['binned']?.id}/delete`, {}, { json: true });
    expect(binned.status).toBe(200);
    const words = await stranger.post(`/images/${images['public']?.id}/comments`, { body: 'Blue' }, { json: true });
    images['comment'] = (words.body as { comment: ImageJson }).comment;
  });
  afterAll(() => site.end());

  const addressOf = (pattern: string) =>
    pattern.replace(/\{(\w+)(?:\.(\w+))?\}/g, (_, name: string, part?: string) => {
      const image = images[name];
      return String(part === 'url' ? image?.url : part === 'high' ? image?.tiers['high']?.url : image?.id);
    });

  /** A form of the person without its token: past the door it goes no further. */
  const knock = (who: Visitor, method: 'GET' | 'POST', address: string, json: boolean) =>
    method === 'GET' ? who.get(address, { json }) : who.post(address, {}, { json, token: null });

  test('every route of routes.ts stands in the table of this test, and no other', () => {
    const there = routes.map(({ method, path }) => `${method} ${path}`);
    expect(there.filter((route) => !(route in TABLE))).toEqual([]);
    expect(Object.keys(TABLE).filter((route) => !there.includes(route))).toEqual([]);
  });

  test.each(cases)('$title answers each as the table says', async ({ method, row: [pattern, ...expected] }) => {
    const address = addressOf(pattern);
    const said: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const [i, name] of PEOPLE.entries()) {
      const page = await knock(people[name], method, address, false);
      const json = await knock(people[name], method, address, true);
      said[name] = [page.status, page.headers['location'] ?? null, json.status, json.body?.error?.code ?? null];
      wanted[name] = {
        in: method === 'GET' ? [200, null, 200, null] : [403, null, 403, 'token'],
        over: [410, null, 410, 'link_over'],
        draft: [303, '/images/create', 201, null],
        lost: [303, `/account/login?next=${encodeURIComponent('/images/create?lost=1')}`, 401, 'sign_in'],
        refused: [403, null, 403, 'not_begun'],
        nothing: [404, null, 404, 'not_found'],
        home: [303, '/account', 303, null],
        begin: [303, '/account/login', 303, null],
        account: [303, '/account', 403, 'forbidden'],
        'sign-in': [
          303,
          method === 'GET' ? `/account/login?next=${encodeURIComponent(address)}` : '/account/login',
          401,
          'sign_in',
        ],
      }[expected[i] ?? 'nothing'];
    }
    expect(said).toEqual(wanted);
  });

  test('forms without their token have changed nothing', async () => {
    const owner = people.owner as Member;
    for (const name of ['public', 'members', 'private'])
      expect(await owner.image(images[name]?.id ?? 0)).toMatchObject({ title: images[name]?.title });
    const bin = await owner.get('/images/bin', { json: true });
    expect(bin.body.images.map(({ id }: ImageJson) => id)).toEqual([images['binned']?.id]);
    expect((await people.admin.get('/account')).status).toBe(200);
    expect(await site.site.db('accounts')).toHaveLength(4);
  });

  test('a form of somebody else’s image answers 404 even with a good token, and changes nothing', async () => {
    for (const action of ['edit', 'delete', 'restore']) {
      const answer = await people.stranger.post(`/images/${images['public']?.id}/${action}`, { title: 'Mine now' });
      expect(answer.status).toBe(404);
    }
    const restored = await people.stranger.post(`/images/${images['binned']?.id}/restore`);
    expect(restored.status).toBe(404);
    expect(await (people.owner as Member).image(images['public']?.id ?? 0)).toMatchObject({ title: 'For all' });
  });

  test('somebody else’s private image looks exactly like one that was never there', async () => {
    const { private: hidden } = images;
    const bare = (text: string) => text.replaceAll(/content="[\w-]{43,60}"|value="[\w-]{43,60}"/g, '');
    for (const address of [hidden?.url ?? '', `/images/${hidden?.id}/edit`, `/images/${hidden?.id}/download`]) {
      const there = await people.stranger.get(address);
      const absent = await people.stranger.get(address.replace(`${hidden?.id}`, '424242'));
      expect(bare(there.text).replaceAll(address, '')).toBe(bare(absent.text).replaceAll(/\/images\/424242[^"]*/g, ''));
      expect(Object.keys(there.headers)).toEqual(Object.keys(absent.headers));
    }
  });

  test('in an open gallery visitors may page through what is public, and nothing else', async () => {
    const open = await startTestSite({ OPEN_GALLERY: 'yes', ROLE: 'web' });
    try {
      const ann = await open.member('ann');
      await ann.save({ title: 'Public', visibility: 'public' });
      await ann.save({ title: 'Members', visibility: 'members' });
      const list = await open.visitor().get('/images', { json: true });
      expect(list.status).toBe(200);
      expect(list.body.images.map(({ title }: ImageJson) => title)).toEqual(['Public']);
      for (const address of ['/images/private', '/images/bin', '/images/create', '/account'])
        expect((await open.visitor().get(address)).status).toBe(303);
    } finally {
      await open.end();
    }
  });
});
