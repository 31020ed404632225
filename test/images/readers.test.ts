import type { Db, Dialect } from '../../src/db/index.ts';
import { countRanks } from '../../src/feed/index.ts';
import { lookRow } from '../../src/images/admit/insert.ts';
import { LOOK_SIDE, lookOf } from '../../src/lib/look.ts';
import { routes } from '../../src/routes.ts';
import { bringUpToDate } from '../../src/search/keep.ts';
import { idOf } from '../support/life.ts';
import { plantFiles, plantImages } from '../support/plant.ts';
import { startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

/** What can be so of an image, each with a title that stands nowhere else. */
interface State {
  title: string;
  owner: 'olga' | 'dora';
  visibility: 'public' | 'members' | 'private';
  showName: boolean;
  binned: boolean;
}

const VISIBILITIES = ['public', 'members', 'private'] as const;
const state = (title: string, visibility: State['visibility'], more: Partial<State> = {}): State => ({
  title: `zeta${title}q`,
  owner: 'olga',
  visibility,
  showName: true,
  binned: false,
  ...more,
});
const STATES: readonly State[] = VISIBILITIES.flatMap((visibility) => [
  state(`${visibility}named`, visibility),
  state(`${visibility}nameless`, visibility, { showName: false }),
  state(`${visibility}binned`, visibility, { binned: true }),
  // Dora is disabled: what she has is out of sight.
  state(`${visibility}disabled`, visibility, { owner: 'dora' }),
]);

const READERS = ['visitor', 'stranger', 'follower', 'owner', 'moderator', 'admin', 'disabled'] as const;
type ReaderName = (typeof READERS)[number];
/** Who is disabled is signed out: a visitor like any other. */
const isVisitor = (who: ReaderName) => who === 'visitor' || who === 'disabled';

const maySee = (who: ReaderName, { owner, visibility, binned }: State): boolean =>
  owner === 'olga' &&
  !binned &&
  (visibility === 'public' || (visibility === 'members' && !isVisitor(who)) || who === 'owner');
const shared = (who: ReaderName, one: State) => maySee(who, one) && one.visibility !== 'private';
const underTheName = (who: ReaderName, one: State) => maySee(who, one) && (one.showName || who === 'owner');
const nobody = () => false;
const own = (who: ReaderName, one: State) => who === 'owner' && maySee(who, one);

type Rule = (who: ReaderName, one: State) => boolean;
/** An address, or one of each image, and which images it tells of. */
type Place = readonly [path: string | ((id: number, title: string) => string), rule: Rule, which?: 'json' | 'page'];

const SEARCH = 'q=zetaword';

/** Every address that images stand on, by its route, with the rule of who finds which of them there. */
const PLACES: Readonly<Record<string, readonly Place[]>> = {
  // Visitors: what is most liked. Members: their own latest, and what those they follow did.
  '/': [
    [
      '/',
      (who, one) =>
        isVisitor(who)
          ? maySee(who, one)
          : who === 'owner'
            ? own(who, one)
            : who === 'follower' && underTheName(who, one),
    ],
  ],
  '/account': [
    ['/account', (who, one) => (who === 'owner' ? own(who, one) : who === 'follower' && underTheName(who, one))],
  ],
  '/account/notices': [
    [
      '/account/notices',
      (who, one) => !isVisitor(who) && maySee(who, one) && ['owner', 'stranger', 'follower'].includes(who),
    ],
  ],
  '/images': [
    ['/images', shared],
    ['/images?order=liked', shared],
    ['/images?order=viewed&tag=zetatag', shared],
    ['/images?tag=zetatag&kind=jpeg', shared],
    ['/images?people=following', (who, one) => who === 'follower' && shared(who, one) && one.showName],
  ],
  '/images/private': [['/images/private?page=1', (who, one) => own(who, one) && one.visibility === 'private']],
  '/images/bin': [['/images/bin', (who, one) => who === 'owner' && one.owner === 'olga' && one.binned]],
  '/images/many': [
    ['/images/many', own],
    ['/images/many?list=bin', (who, one) => who === 'owner' && one.owner === 'olga' && one.binned],
    ['/images/many?list=board&of=all', own],
    ['/images/many?list=search&q=zetaword', own],
  ],
  '/images/liked': [['/images/liked', (who, one) => !isVisitor(who) && maySee(who, one)]],
  '/images/ranking': [['/images/ranking?of=ever', shared]],
  '/images/:id{/:slug}': [[(id, title) => `/images/${id}/${title}`, maySee]],
  '/images/:id/edit': [[(id) => `/images/${id}/edit`, own]],
  '/images/:id/like': [[(id) => `/images/${id}/like`, maySee]],
  '/images/:id/comments': [[(id) => `/images/${id}/comments`, maySee]],
  '/images/:id/similar': [[(id) => `/images/${id}/similar`, maySee]],
  '/people/:username': [
    ['/people/olga', underTheName],
    ['/people/dora', nobody],
  ],
  '/people/:username/feed.:format': [
    ['/people/olga/feed.json', (who, one) => maySee('visitor', one) && one.showName],
    ['/people/olga/feed.atom', (_, one) => maySee('visitor', one) && one.showName],
    ['/people/olga/feed.rss', (_, one) => maySee('visitor', one) && one.showName],
    ['/people/dora/feed.json', nobody],
  ],
  '/people/:username/boards/:slug': [['/people/olga/boards/all', underTheName]],
  '/people/:username/boards/:slug/feed.:format': [
    ['/people/olga/boards/all/feed.atom', (_, one) => maySee('visitor', one) && one.showName],
  ],
  '/people/:username/boards/:slug/arrange': [['/people/olga/boards/all/arrange', own]],
  '/search': [
    [`/search?${SEARCH}`, maySee],
    [`/search?q=by:olga`, underTheName],
    ['/search?q=tag:zetatag', maySee],
  ],
  '/search/feed.:format': [[`/search/feed.json?${SEARCH}`, (_, one) => maySee('visitor', one)]],
  '/tags/:name': [['/tags/zetatag', maySee]],
  '/tags/:name/feed.:format': [['/tags/zetatag/feed.rss', (_, one) => maySee('visitor', one)]],
};

/** Addresses on which no image stands, or only its bytes or numbers, of which other tests tell. */
const ELSEWHERE: readonly RegExp[] = [
  /^\/(save|healthz|readyz|bookmarklet\.js|manifest\.webmanifest|oembed|keys|styleguide|offline|service-worker\.js)$/,
  /^\/api/,
  /^\/(account\/(?!notices$)|admin|moderation|media\/)/,
  /^\/images\/(find|create(\/had)?|many\/:id$)/,
  /^\/images\/:id\/(state|download|comments\/:comment\/edit)$/,
  /^\/people(\/:username\/(followers|following|boards|boards\/:slug\/(edit|people)))?$/,
  /^\/(boards|tags)(\/create|\/bin)?$/,
  // By its own test, since the key is told once.
  /^\/boards\/link\/:key$/,
  /^\/search\/completions$/,
  // By a secret address one reads as the member whose it is: social feeds have a test of their own.
  /^\/feeds\/:key\//,
];

test('every address that is read is in the table, or known to show no image', () => {
  const read = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
  const left = read.filter((path) => !(path in PLACES) && !ELSEWHERE.some((known) => known.test(path)));
  expect(left).toEqual([]);
  expect(Object.keys(PLACES).filter((path) => !read.includes(path))).toEqual([]);
});

describe.each<Dialect>(['sqlite', 'postgres'])('who finds which image where, on %s', (dialect) => {
  let site: TestSite;
  let db: Db;
  let people: Record<ReaderName, Visitor>;
  const ids = new Map<string, number>();

  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web', OPEN_GALLERY: 'yes' }, dialect);
    ({ db } = site.site);
    const names = ['root1', 'olga', 'dora', 'stan', 'fay', 'mona', 'dirk'] as const;
    const members = {} as Record<(typeof names)[number], Member>;
    for (const name of names) members[name] = await site.member(name);
    await db('accounts').where({ username: 'mona' }).update({ role: 'moderator' });
    const { root1, olga, stan, fay, mona, dirk } = members;
    people = {
      visitor: site.visitor(),
      stranger: stan,
      follower: fay,
      owner: olga,
      moderator: mona,
      admin: root1,
      disabled: dirk,
    };
    await everythingHappens(members);
  });
  afterAll(() => site.end());

  const did = async (who: Member, path: string, form: object) => {
    const answer = await who.post(path, { ...form }, { json: true });
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status} ${answer.text}`);
    return answer;
  };

  /** All may be seen by all at first: liked, filed, tagged, spoken of and looked at. Then each becomes what it is called. */
  async function everythingHappens(members: Record<string, Member>) {
    const numbers = { olga: await idOf(db, members['olga']!), dora: await idOf(db, members['dora']!) };
    for (const name of ['olga', 'dora']) await did(members['fay']!, `/people/${name}/follow`, { action: 'follow' });
    await did(members['olga']!, '/boards', { title: 'All', visibility: 'public' });
    for (const one of STATES) {
      const owner = members[one.owner]!;
      const [id = 0] = await plantImages(db, [
        {
          ownerId: numbers[one.owner],
          visibility: 'public',
          more: { title: one.title, caption: 'zetaword', views: 7 },
        },
      ]);
      ids.set(one.title, id);
      await plantFiles(db, id);
      await db('looks').insert(lookRow(id, lookOf(Array.from({ length: 3 * LOOK_SIDE ** 2 }, () => 90))));
      await did(owner, `/images/${id}/edit`, { title: one.title, caption: 'zetaword', tags: 'zetatag' });
      for (const who of Object.values(members)) await did(who, `/images/${id}/like`, { action: 'like' });
      if (one.owner === 'olga') await did(owner, `/images/${id}/boards`, { board: 'all', action: 'add' });
      await did(owner, `/images/${id}/comments`, { body: 'Look, @stan and @fay' });
      await did(members['root1']!, `/images/${id}/comments`, { body: 'Yes, @olga' });
    }
    for (const one of STATES) await becomes(members[one.owner]!, one);
    for (const name of ['dora', 'dirk'])
      await did(members['root1']!, `/admin/accounts/${await idOf(db, members[name]!)}`, { action: 'disable' });
    await countRanks(db);
    while ((await bringUpToDate(db)) > 0);
  }

  async function becomes(owner: Member, { title, visibility, showName, binned }: State) {
    const path = `/images/${ids.get(title)}`;
    await did(owner, `${path}/edit`, {
      title,
      caption: 'zetaword',
      tags: 'zetatag',
      visibility,
      show_name: showName ? '1' : '0',
    });
    if (binned) await did(owner, `${path}/delete`, {});
  }

  /** The titles that an answer tells of, in its page and as JSON. */
  async function told(who: ReaderName, path: string, of: readonly State[]): Promise<string[]> {
    const texts = [await people[who].get(path), await people[who].get(path, { json: true })]
      .filter(({ status }) => status === 200)
      .map(({ text, body }) => text || (Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body)));
    return of.map(({ title }) => title).filter((title) => texts.some((text) => text.includes(title)));
  }

  const cases = Object.values(PLACES).flat();
  test.each(cases.map((place) => [String(place[0]).replace(/^.*=> /, ''), place] as const))(
    '%s',
    async (_, [path, rule]) => {
      for (const who of READERS) {
        const found: string[] = [];
        if (typeof path === 'string') found.push(...(await told(who, path, STATES)));
        else
          for (const one of STATES) found.push(...(await told(who, path(ids.get(one.title) ?? 0, one.title), [one])));
        expect([who, found]).toEqual([who, STATES.filter((one) => rule(who, one)).map(({ title }) => title)]);
      }
    },
  );
});
