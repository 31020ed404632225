import { portraitOf } from '../../src/lib/portrait.ts';
import { boardSamples, choicesOf, filedOf, tileOf } from './board-samples.ts';
import { severalSamples } from './several-samples.ts';
import { apiSamples } from './api-samples.ts';
import { tagSamples } from './tag-samples.ts';

/** What handlers give to views, made up: for the tests of views, and for whoever wants to look at them. */
export interface Sample {
  readonly view: string;
  readonly locals: Record<string, unknown>;
}

export interface Picture {
  readonly src: string;
  readonly width: number;
  readonly height: number;
  readonly placeholder: string | null;
  readonly colour: string;
  readonly title: string;
}

const drawn = (width: number, height: number, title: string): Picture => ({
  src: `/media/${title.length}-${width}`,
  width,
  height,
  placeholder: null,
  colour: '#8090a0',
  title,
});

export const PICTURES: readonly Picture[] = [
  drawn(1024, 683, 'A bridge'),
  drawn(512, 786, ''),
  drawn(11, 1024, 'A scroll'),
];

const ratioOf = ({ width, height }: Picture): number => Math.min(40, Math.max(3, Math.round((width / height) * 10)));

export function cardOf(picture: Picture, id: number) {
  return {
    id,
    href: `/images/${id}/image`,
    alt: id % 3 === 0 ? 'What is to be seen' : '',
    srcset: null,
    sizes: null,
    ratio: ratioOf(picture),
    username: id % 5 === 4 ? null : 'blue-collector',
    visibility: id % 4 === 3 ? 'private' : 'members',
    likes: id % 3 === 1 ? id * 7 : 0,
    comments: id % 4,
    pending: id % 7 === 6,
    animated: id % 2 === 0,
    binnedAt: '2026-11-01T12:00:00.000Z',
    goneAt: '2026-12-01T12:00:00.000Z',
    restoreHref: `/images/${id}/restore`,
    ...picture,
  };
}

const cardsOf = (pictures: readonly Picture[]) => pictures.map((picture, index) => cardOf(picture, index + 1));

const pager = {
  page: 3,
  pages: 40,
  prev: '/images?page=2',
  next: '/images?page=4',
  links: [
    { n: 1, href: '/images', current: false },
    null,
    { n: 2, href: '/images?page=2', current: false },
    { n: 3, href: '/images?page=3', current: true },
    { n: 4, href: '/images?page=4', current: false },
    null,
    { n: 40, href: '/images?page=40', current: false },
  ],
  more: '/images?after=abc',
};
const noPager = { page: 1, pages: 1, prev: null, next: null, links: [], more: null };

const tier = (name: string, width: number, height: number) => ({
  tier: name,
  href: `/media/${name}`,
  width,
  height,
  bytes: 83_211,
  type: 'image/jpeg',
});

export function imageOf(picture: Picture, more: Record<string, unknown> = {}) {
  return {
    ...cardOf(picture, 12),
    caption: 'Seen from the other bank,\nearly in the morning.',
    alt: 'A steel bridge over a calm river',
    username: 'blue-collector',
    profileHref: '/people/blue-collector',
    mine: true,
    visibility: 'members',
    showName: true,
    createdAt: '2026-11-20T08:30:00.000Z',
    sourceUrl: 'https://images.example/bridge.jpg',
    sourceHost: 'images.example',
    keptFrom: { href: '/images/3/bridge', username: 'ann' },
    saveHref: '/images/12/save',
    pageUrl: 'https://pages.example/bridges',
    pageHost: 'pages.example',
    pageTitle: 'Bridges that nobody crosses any more',
    pageAround: 'Bridge Weekly · pages.example · 2026-05-03',
    pageDescription: 'Seventy of them, from all over the country.',
    creator: 'Sander Klootwijk',
    licence: 'https://creativecommons.org/licenses/by-sa/4.0/',
    licenceHref: 'https://creativecommons.org/licenses/by-sa/4.0/',
    copyright: '© 2014 Sander Klootwijk',
    credit: 'Klootwijk & Daughters',
    description: 'The old bridge,\nbefore the water rose.',
    quality: 'high',
    originalWidth: 4352,
    originalHeight: 2448,
    state: 'ready',
    tiers: [tier('very_high', picture.width, picture.height), tier('medium', 786, 524), tier('low', 124, 124)],
    notes: ['The animation was taken as a still picture.'],
    stateHref: '/images/12/state',
    editHref: '/images/12/edit',
    deleteHref: '/images/12/delete',
    downloadHref: '/images/12/download',
    tags: ['bridge', 'morning', 'steel'].map((name) => ({ name, href: `/tags/${name}` })),
    ...more,
  };
}

/** Somebody may like it whose name is off, and more people than are named. */
export const likesOf = (more: Record<string, unknown> = {}) => ({
  href: '/images/12/like',
  liked: true,
  count: 15,
  named: ['ann', null, 'a-name-that-is-as-long-as-they-get'].map((username) => ({
    username,
    href: `/people/${username}`,
  })),
  others: 12,
  ...more,
});

export const commentOf = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  username: 'blue-collector',
  gone: false,
  href: '/people/blue-collector',
  photo: null,
  portrait: portraitOf('blue-collector'),
  pieces: [
    { text: 'As blue as ' },
    { text: 'https://pages.example/a', href: 'https://pages.example/a' },
    { text: ',\nsays ' },
    { text: '@ann', username: 'ann' },
  ],
  createdAt: '2026-11-20T08:30:00.000Z',
  edited: false,
  mine: true,
  editHref: `/images/12/comments/${id}/edit`,
  deleteHref: `/images/12/comments/${id}/delete`,
  ...more,
});
export const commentsOf = (more: Record<string, unknown> = {}) => ({
  href: '/images/12/comments',
  count: 40,
  all: [
    commentOf(7),
    commentOf(6, { mine: false, editHref: null, edited: true, photo: '/media/photo/s' }),
    commentOf(5, { username: null, portrait: null, mine: false, editHref: null, deleteHref: null }),
    commentOf(4, { username: null, portrait: null, gone: true, mine: false, editHref: null, deleteHref: null }),
  ],
  older: '/images/12/comments?after=4',
  body: '',
  errors: {},
  ...more,
});
const removed = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  image: { id: 12, slug: 'image', title: '' },
  href: '/images/12/image',
  username: 'ann',
  body: 'Buy my\nthings',
  createdAt: '2026-11-20T08:30:00.000Z',
  removedBy: 'blue-collector',
  removedAt: '2026-11-20T08:40:00.000Z',
  ...more,
});

const did = (more: Record<string, unknown>) => ({
  username: 'ann',
  href: '/people/ann',
  photo: null,
  portrait: portraitOf('ann'),
  words: 'liked 5 images',
  images: [],
  people: [],
  at: '2026-11-20T08:30:00.000Z',
  ...more,
});
const activityOf = (images: readonly object[]) => ({
  groups: [
    did({ images: images.slice(0, 4) }),
    did({ words: 'follows somebody new:', people: [{ href: '/people/bob', name: 'bob' }] }),
  ],
  older: '/account?after=4',
  newest: '/account',
});

const told = (more: Record<string, unknown>) => ({
  names: [
    { name: 'ann', href: '/people/ann' },
    { name: 'bob', href: '/people/bob' },
  ],
  others: null,
  words: 'liked',
  image: null,
  body: null,
  photo: null,
  portrait: portraitOf('ann'),
  read: false,
  at: '2026-11-20T08:30:00.000Z',
  ...more,
});

const createForm = (more: Record<string, string> = {}) => ({
  once: 'k',
  visibility: 'members',
  show_name: '1',
  resolution: 'very_high',
  ...more,
});
const person = {
  username: 'blue-collector',
  name: 'Ada Blau',
  bio: 'Keeps what is blue.',
  since: '2026-01-02T00:00:00.000Z',
  images: 31,
  mine: false,
  photo: null as { small: string; large: string } | null,
  portrait: portraitOf('blue-collector'),
  href: '/people/blue-collector',
  followers: 1,
  following: 1234,
  follow: { href: '/people/blue-collector/follow', on: false, username: 'blue-collector', next: '/people' } as
    object | null,
};
const personNamed = (username: string, more: Record<string, unknown> = {}) => ({
  ...person,
  username,
  name: '',
  href: `/people/${username}`,
  portrait: portraitOf(username),
  follow: { ...person.follow, href: `/people/${username}/follow`, on: true, username },
  ...more,
});
const profileForm = {
  username: 'blue-collector',
  first_name: 'Ada',
  last_name: 'Blau',
  date_of_birth: '1990-02-28',
  bio: 'Keeps what is blue.',
  visibility: 'members',
  show_name: '1',
};
const account = (id: number, disabled: boolean) => ({
  id,
  username: `member-${id}`,
  email: `member-${id}@example.org`,
  role: id === 1 ? 'admin' : 'member',
  disabled,
  createdAt: Date.parse('2026-01-02'),
});
const session = (current: boolean) => ({
  id: current ? '0123456789abcdef' : 'fedcba9876543210',
  device: current ? 'Firefox on Linux' : 'Safari on iPhone',
  address: '2001:db8::7',
  since: '2026-11-02T08:00:00.000Z',
  seenAt: '2026-11-20T08:00:00.000Z',
  current,
});
const token = (scope: string) => ({
  id: scope.length,
  name: `Backup of ${'everything '.repeat(4)}`,
  scope,
  createdAt: '2026-11-02T08:00:00.000Z',
  usedAt: scope === 'read' ? null : '2026-11-20T08:00:00.000Z',
});
const logged = (more: Record<string, unknown> = {}) => ({
  id: 4,
  username: 'ada',
  act: 'token_made',
  words: 'Access token made',
  subject: 'Backup',
  address: '192.0.2.7',
  at: '2026-11-20T08:00:00.000Z',
  ...more,
});
const javascript = `javascript:void ${'0'.repeat(2000)}`;

const againLocals = { next: '/account', hasPassword: true, hasPasskey: true };
const totpApp = {
  address: 'otpauth://totp/Bowerbird:ada?secret=JBSWY3DP',
  qr: { size: 33, path: 'M4 4h7v1h-7z' },
  key: 'JBSW Y3DP',
};

const searched = { q: '', images: [], meant: null, pager, errors: {}, longest: 500, kinds: 'still', colours: 'red' };

/** Every view in each state that looks different. */
const filterOf = (errors: Record<string, string> = {}) => {
  const any = { value: '', text: 'Any' };
  return {
    values: { colour: 'blue', tag: 'reed, pond' },
    choices: {
      order: [{ value: 'newest', text: 'Newest' }],
      people: [any],
      kind: [any],
      size: [any],
      colour: [any, { value: 'blue', text: 'Blue' }],
    },
    chips: [
      { words: 'Blue', href: '/images?tag=reed%2C+pond' },
      { words: 'Tag: reed, pond', href: '/images?colour=blue' },
    ],
    errors,
    clear: '/images',
  };
};

const manyOf = (images: readonly object[], pager: object) => ({
  from: { list: 'own', of: '', q: '' },
  lists: [{ href: '/images/many', words: 'All of yours', current: true }],
  where: null,
  bin: false,
  images: images.map((image) => ({ ...image, ticked: true, binned: false })),
  pager,
  menu: choicesOf(),
  typed: { tags: 'reed' },
  errors: { tags: 'Type one tag or more first.' },
});

const progressOf = (many: { state: string; done: number }, going: boolean) => ({
  many: { ...many, total: 200, changed: 200, undoUntil: '2026-11-28T12:00:00.000Z' },
  going,
  said: 'Only you see 200 images now.',
  notes: ['3 were so already.'],
  canUndo: true,
  href: '/images/many/7',
});

const foundOf = () => ({
  url: 'https://birds.example/herons',
  title: 'Herons of the weir '.repeat(6),
  description: 'Seen in May.',
  site: 'Birds Weekly',
  creator: 'Ann Example',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  nopin: true,
  noai: true,
  noindex: true,
  told: { page_title: 'Herons of the weir', page_site: 'Birds Weekly', noai: '1', page_date: '' },
  images: [1, 2, 3].map((n) => ({
    n,
    url: `https://birds.example/${n}.jpg`,
    seenUrl: n === 1 ? 'https://birds.example/small.jpg' : '',
    title: 'Herons',
    alt: n === 2 ? 'x'.repeat(200) : '',
    name: n === 3 ? '' : `${n}.jpg`,
    width: n === 1 ? 1200 : 0,
    height: n === 1 ? 900 : 0,
    leastWidth: n === 2 ? 300 : 0,
    leastHeight: n === 2 ? 200 : 0,
    nopin: true,
    preview: null,
  })),
});
const JOB_STATES = ['dead', 'waiting', 'running', 'later'];
const jobOf = (id: number, lastError: string | null) => ({
  id,
  kind: 'makeTiers',
  attempts: id - 6,
  runAt: Date.UTC(2026, 10, 22),
  lastError,
});

export function samplesOf(pictures: readonly Picture[] = PICTURES): Record<string, Sample> {
  const images = cardsOf(pictures);
  const shelf = [null, ...images].slice(0, 6).map((cover, n) => tileOf(cover, n + 1));
  const [first = PICTURES[0] as Picture] = pictures;
  const failed = {
    url: 'The server there says that this image does not exist (404).',
    title: 'The title is too long: 500 characters at most.',
  };
  return {
    home: { view: 'home', locals: { images: images.slice(0, 12), me: null } },
    keys: { view: 'keys', locals: {} },
    example: {
      view: 'account/example',
      locals: { pictures: [{ name: 'feather', width: 800, height: 600 }] },
    },
    offline: { view: 'offline', locals: { me: null } },
    styleguide: {
      view: 'styleguide',
      locals: { colours: ['ink'], type: ['text'], spaces: ['s1'], icons: ['heart'], images, pager },
    },
    'home-empty': { view: 'home', locals: { images: [], me: null } },
    register: { view: 'account/register', locals: { form: {}, errors: {}, next: null, me: null } },
    'register-errors': {
      view: 'account/register',
      locals: {
        form: { username: 'a', email: 'x' },
        errors: { username: 'Too short.', email: 'Not an address.', password2: 'Not the same.' },
        next: '/images',
        me: null,
      },
    },
    login: { view: 'account/login', locals: { form: {}, errors: {}, next: '/images/create/?a=1&url=b', me: null } },
    'password-change': {
      view: 'account/password-change',
      locals: { errors: { old_password: 'This is not your password.' }, username: 'ada' },
    },
    'password-changed': { view: 'account/password-changed', locals: { tokens: [] } },
    'password-changed-tokens': { view: 'account/password-changed', locals: { tokens: [token('write')] } },
    'password-reset': { view: 'account/password-reset', locals: { form: {}, errors: {}, me: null } },
    'password-sent': { view: 'account/password-sent', locals: { me: null } },
    'password-new': {
      view: 'account/password-new',
      locals: { errors: {}, action: '/account/password/reset/x', me: null },
    },
    'password-complete': { view: 'account/password-complete', locals: { me: null } },
    'link-over': {
      view: 'account/link-over',
      locals: { sentence: 'It is over.', href: '/account/password/reset', button: 'password.again', me: null },
    },
    'confirm-sent': { view: 'account/confirm-sent', locals: { form: {}, errors: {}, me: null } },
    confirm: {
      view: 'account/confirm',
      locals: {
        purpose: 'confirm',
        email: 'a@b.example',
        username: 'ada',
        action: '/account/confirm/x',
        errors: {},
        me: null,
      },
    },
    email: { view: 'account/email', locals: { form: {}, errors: { email: 'No.' }, email: 'a@b.example' } },
    'register-shut': {
      view: 'account/register',
      locals: { form: {}, errors: {}, next: null, why: 'invite_needed', me: null },
    },
    invitations: {
      view: 'admin/invitations',
      locals: { form: {}, errors: {}, days: 7, link: 'https://localhost:9000/account/register?invite=x' },
    },
    'login-error': {
      view: 'account/login',
      locals: {
        form: { login: 'ada' },
        errors: { form: 'That name and that password do not fit together.' },
        next: null,
        me: null,
      },
    },
    again: { view: 'account/again', locals: { errors: { password: 'Wrong.' }, ...againLocals } },
    code: { view: 'account/code', locals: { errors: { code: 'Used before.' }, next: null, me: null } },
    'two-factor-off': {
      view: 'account/two-factor',
      locals: { factor: { state: 'off' }, app: null, errors: {}, required: true },
    },
    'two-factor-begun': {
      view: 'account/two-factor',
      locals: { factor: { state: 'begun' }, app: totpApp, errors: { code: 'Not this one.' }, required: false },
    },
    'two-factor-on': {
      view: 'account/two-factor',
      locals: { factor: { state: 'on', codesLeft: 1 }, since: '2026-11-01T12:00:00.000Z', app: null, errors: {} },
    },
    'recovery-codes': {
      view: 'account/recovery-codes',
      locals: { codes: ['abcd-efgh-jkmn-pqrs', '0123-4567-89ab-cdef'] },
    },
    passkeys: {
      view: 'account/passkeys',
      locals: {
        passkeys: [
          { id: 1, name: 'My phone', synced: true, created_at: '2026-11-01T12:00:00.000Z', used_at: null },
          { id: 2, name: 'A key', synced: false, created_at: '2026-11-01T12:00:00.000Z', used_at: null },
        ],
        form: {},
        errors: {},
        possible: true,
      },
    },
    'passkeys-none': {
      view: 'account/passkeys',
      locals: { passkeys: [], form: {}, errors: { name: 'Too long.' }, possible: false },
    },
    dashboard: {
      view: 'account/dashboard',
      locals: {
        activity: activityOf(images),
        images: images.slice(0, 8),
        boards: shelf,
        bookmarkletHref: javascript,
        first: false,
      },
    },
    'dashboard-first': {
      view: 'account/dashboard',
      locals: {
        activity: { groups: [], older: null, newest: null },
        images: [],
        boards: [],
        bookmarkletHref: javascript,
        first: true,
      },
    },
    bookmarklet: { view: 'account/bookmarklet', locals: { href: javascript, version: '1a2b3c4', bytes: 23_456 } },
    feed: { view: 'images/index', locals: { images, pager, heading: 'Feed', arrivals: '/images?since=8' } },
    'feed-filtered': {
      view: 'images/index',
      locals: { images, pager, heading: 'Feed', arrivals: null, filter: filterOf(), empty: 'filter.none' },
    },
    'feed-filtered-wrong': {
      view: 'images/index',
      locals: {
        images: [],
        pager: noPager,
        heading: 'Feed',
        filter: filterOf({ saved_since: 'A date is a year, a month or a day.' }),
        empty: 'filter.wrong',
      },
    },
    similar: {
      view: 'images/similar',
      locals: {
        images,
        href: '/images/12/reed',
        colour: { name: 'blue', href: '/search?q=color%3Ablue' },
        title: 'Reed',
      },
    },
    'similar-none': {
      view: 'images/similar',
      locals: { images: [], href: '/images/12/reed', colour: { name: 'blue', href: '/search' }, title: 'Reed' },
    },
    many: { view: 'images/many', locals: manyOf(images, pager) },
    'many-bin': { view: 'images/many', locals: { ...manyOf(images, noPager), bin: true, menu: [] } },
    'many-none': { view: 'images/many', locals: { ...manyOf([], noPager), where: 'Yours on this board' } },
    'many-going': { view: 'images/many-progress', locals: progressOf({ state: 'doing', done: 120 }, true) },
    'many-done': { view: 'images/many-progress', locals: progressOf({ state: 'done', done: 200 }, false) },
    'feed-empty': { view: 'images/index', locals: { images: [], pager: noPager, heading: 'Feed' } },
    ranking: {
      view: 'images/ranking',
      locals: {
        images: images.map((image, n) => ({ ...image, views: 40 - n })),
        pager,
        choices: [
          { href: '/images/ranking', words: 'Today', current: true },
          { href: '/images/ranking?of=ever', words: 'Ever', current: false },
        ],
        counted: '2026-11-20T08:30:00.000Z',
      },
    },
    'ranking-empty': { view: 'images/ranking', locals: { images: [], pager: noPager, choices: [], counted: null } },
    image: {
      view: 'images/show',
      locals: { image: imageOf(first), likes: likesOf(), comments: commentsOf(), filed: filedOf() },
    },
    'image-pending': {
      view: 'images/show',
      locals: {
        image: imageOf(first, {
          state: 'pending',
          tiers: [],
          mine: false,
          username: null,
          title: '',
          tags: [],
          notes: [],
        }),
        likes: likesOf({ liked: false, count: 0, named: [], others: 0 }),
        comments: commentsOf({ count: 0, all: [], older: null }),
        filed: { action: '/images/12/boards', boards: [], menu: [] },
        me: null,
      },
    },
    comments: {
      view: 'images/comments',
      locals: { image: cardOf(first, 12), comments: commentsOf({ errors: { body: 'Too long.' } }), pager: noPager },
    },
    'comments-older': {
      view: 'images/comments',
      locals: { image: cardOf(first, 12), comments: commentsOf({ all: [] }), pager: { ...pager, links: [] }, me: null },
    },
    comment: {
      view: 'images/comment',
      locals: { image: cardOf(first, 12), href: '/images/12/comments/7/edit', body: 'Blue', errors: { body: 'No.' } },
    },
    'removed-comments': {
      view: 'moderation/comments',
      locals: {
        comments: [removed(3), removed(2, { image: null, href: null, username: null, removedBy: null })],
        pager,
      },
    },
    'removed-comments-none': { view: 'moderation/comments', locals: { comments: [], pager: noPager } },
    'liked-empty': {
      view: 'images/index',
      locals: { images: [], pager: noPager, heading: 'Liked', empty: 'likes.empty' },
    },
    notices: {
      view: 'account/notices',
      locals: {
        invitations: [{ username: 'ada', title: 'Bridges', href: '/people/ada/boards/bridges' }],
        groups: [
          told({ others: '4 others', image: images[0] }),
          told({
            names: [{ name: 'Anonymous', href: null }],
            portrait: null,
            words: 'named you below',
            body: 'Hi @you',
            read: true,
          }),
          told({ words: 'follows you now.', image: null }),
        ],
        upto: 7,
        unread: 3,
        pager,
      },
    },
    'notices-none': {
      view: 'account/notices',
      locals: { invitations: [], groups: [], upto: 0, unread: 0, pager: noPager },
    },
    'notice-stop': { view: 'account/notice-stop', locals: { on: true, action: '/account/notices/stop/1.a', me: null } },
    'notice-stopped': { view: 'account/notice-stop', locals: { on: false, action: '/account/notices/stop/1.a' } },
    'notice-settings': {
      view: 'account/notice-settings',
      locals: {
        kinds: [
          { kind: 'liked', words: 'Likes', value: 'site' },
          { kind: 'followed', words: 'Follows', value: 'never' },
        ],
        options: [
          { value: 'site', text: 'On the site' },
          { value: 'never', text: 'Never' },
        ],
        errors: { liked: 'One of: site, never.' },
      },
    },
    create: { view: 'images/create', locals: { form: createForm(), boards: [], errors: {}, draft: null } },
    'create-lost': {
      view: 'images/create',
      locals: { form: createForm({ title: 'A wall' }), boards: [], errors: {}, draft: null, lost: true },
    },
    'create-rescue': {
      view: 'images/create',
      locals: {
        form: createForm({
          url: 'https://images.example/barred.jpg',
          refused_url: 'https://images.example/barred.jpg',
        }),
        boards: [],
        errors: { url: 'The site that has this image does not give it to us (it answered 403).' },
        draft: null,
        had: images.slice(0, 2),
      },
    },
    had: { view: 'images/had', locals: { images: images.slice(0, 2) } },
    find: { view: 'images/find', locals: { action: '/images/find', url: '', found: null, errors: {} } },
    'find-wrong': {
      view: 'images/find',
      locals: { action: '/images/find', url: 'https://a.example/', found: null, errors: { url: 'No picture.' } },
    },
    found: { view: 'images/find', locals: { action: '/images/find', url: '', found: foundOf(), errors: {} } },
    'had-none': { view: 'images/had', locals: { images: [] } },
    'create-errors': {
      view: 'images/create',
      locals: {
        form: createForm({
          url: 'https://images.example/gone.jpg',
          title: 'Gone',
          page_url: 'https://pages.example/',
          nopin: '1',
          noai: '1',
          page_title: 'Pages',
          board: 'far-away',
        }),
        boards: choicesOf(),
        errors: failed,
        draft: null,
      },
    },
    'create-alike': {
      view: 'images/create',
      locals: {
        form: createForm({ board: 'blue-things' }),
        boards: choicesOf(),
        errors: {},
        draft: { name: 'bridge.jpg', bytes: 4_211_000 },
        alike: images.slice(0, 2),
      },
    },
    ...severalSamples(images.slice(0, 2)),
    edit: {
      view: 'images/edit',
      locals: { image: imageOf(first), form: createForm({ title: 'A bridge', tags: 'bridge, morning' }), errors: {} },
    },
    ...boardSamples(images, { pager, noPager }),
    ...tagSamples(images, { pager, noPager }),
    ...apiSamples(),
    bin: { view: 'images/bin', locals: { images: images.slice(0, 4), pager: noPager } },
    'bin-empty': { view: 'images/bin', locals: { images: [], pager: noPager } },
    person: { view: 'people/show', locals: { person, boards: shelf, images, pager } },
    'person-empty': {
      view: 'people/show',
      locals: {
        person: { ...person, name: '', bio: '', images: 0, mine: true, follow: null },
        boards: shelf.slice(0, 1),
        images: [],
        pager: noPager,
      },
    },
    people: {
      view: 'people/index',
      locals: {
        people: [
          person,
          personNamed('ann', { bio: 'Much to say. '.repeat(40) }),
          personNamed('b'.repeat(30), { follow: null }),
        ],
        heading: 'People',
        empty: 'people.none',
        back: null,
        pager,
      },
    },
    'people-none': {
      view: 'people/index',
      locals: {
        people: [],
        heading: 'Who follows Ada',
        empty: 'followers.none',
        back: { href: '/people/ada', text: 'Ada' },
        pager: noPager,
      },
    },
    'person-photo': {
      view: 'people/show',
      locals: {
        person: { ...person, photo: { small: '/media/photo/s', large: '/media/photo/l' } },
        boards: [],
        images,
        pager,
      },
    },
    search: { view: 'search/show', locals: { ...searched, q: 'bridge', images } },
    'search-none': {
      view: 'search/show',
      locals: { ...searched, q: 'brigde', meant: { q: 'bridge', href: '/search?q=bridge' }, pager: noPager },
    },
    'search-wrong': {
      view: 'search/show',
      locals: { ...searched, q: 'size:large', errors: { q: 'A number.' }, pager: noPager },
    },
    'search-blank': { view: 'search/show', locals: { ...searched, pager: noPager } },
    profile: {
      view: 'account/edit',
      locals: { form: profileForm, errors: {}, photo: null, portrait: person.portrait },
    },
    'profile-errors': {
      view: 'account/edit',
      locals: {
        form: profileForm,
        errors: { username: 'Somebody has this username already.', photo: 'This is a PDF document.' },
        photo: { small: '/media/photo/s', large: '/media/photo/l' },
        portrait: person.portrait,
      },
    },
    leaving: { view: 'account/leaving', locals: { url: 'https://elsewhere.example/auth?a=b&c=d', name: 'Elsewhere' } },
    newcomer: {
      view: 'account/newcomer',
      locals: { form: { username: 'ada', email: 'ada@example.org' }, errors: {}, name: 'Elsewhere', fixed: true },
    },
    identities: {
      view: 'account/identities',
      locals: {
        providers: [
          { key: '1', name: 'Elsewhere', linked: { email: 'ada@example.org', createdAt: 1, usedAt: 2 } },
          { key: '2', name: 'Otherwhere', linked: null },
        ],
        errors: {},
      },
    },
    accounts: {
      view: 'admin/accounts',
      locals: {
        accounts: [account(1, false), account(2, false), account(3, true)],
        pager: noPager,
        errors: {},
        own: 1,
      },
    },
    'admin-site': {
      view: 'admin/site',
      locals: {
        alerts: [],
        jobs: { waiting: 0, later: 21, running: 1, dead: 0, oldest_ms: 0 },
        free: { images: 51_000_000_000, data: 51_000_000_000 },
        certificateEnds: Date.UTC(2027, 3, 1),
      },
    },
    'admin-site-trouble': {
      view: 'admin/site',
      locals: {
        alerts: ['Only 90 MB are free for the database: make room, or nothing can be changed soon.', 'x'.repeat(200)],
        jobs: { waiting: 4, later: 21, running: 0, dead: 3, oldest_ms: 700_000 },
        free: { images: null, data: 90_000_000 },
        certificateEnds: null,
      },
    },
    'admin-jobs': {
      view: 'admin/jobs',
      locals: {
        jobs: [jobOf(7, 'ENOSPC: no space left on device, '.repeat(8)), jobOf(8, null)],
        state: 'dead',
        states: JOB_STATES,
        pager,
      },
    },
    'admin-jobs-none': {
      view: 'admin/jobs',
      locals: { jobs: [], state: 'waiting', states: JOB_STATES, pager: noPager },
    },
    'admin-storage': {
      view: 'admin/storage',
      locals: {
        members: [
          { username: 'ada', images: 1, originals: 4_200_000, sizes: 310_000 },
          { username: 'b'.repeat(30), images: 31_000, originals: 99_000_000_000, sizes: 9_000_000_000 },
        ],
        quota: 10_000_000_000,
        pager: noPager,
      },
    },
    sessions: {
      view: 'account/sessions',
      locals: { sessions: [session(true), session(false)], errors: {} },
    },
    'sessions-error': {
      view: 'account/sessions',
      locals: { sessions: [session(true)], errors: { session: 'This one has ended already.' } },
    },
    tokens: {
      view: 'account/tokens',
      locals: { tokens: [token('read'), token('write')], scopes: ['read', 'write'], made: null, form: {}, errors: {} },
    },
    'tokens-made': {
      view: 'account/tokens',
      locals: {
        tokens: [token('admin')],
        scopes: ['read', 'write', 'admin'],
        made: { name: 'Backup', token: `bowerbird_${'a'.repeat(43)}` },
        form: {},
        errors: {},
      },
    },
    'tokens-errors': {
      view: 'account/tokens',
      locals: {
        tokens: [],
        scopes: ['read', 'write'],
        made: null,
        form: { name: '', scope: 'write' },
        errors: { name: 'Give it a name.', scope: 'Say what it may do.' },
      },
    },
    log: { view: 'account/log', locals: { entries: [logged(), logged({ subject: '' })], pager, all: false } },
    'log-all': {
      view: 'account/log',
      locals: { entries: [logged(), logged({ username: null, address: '' })], pager: noPager, all: true },
    },
    'log-empty': { view: 'account/log', locals: { entries: [], pager: noPager, all: false } },
    data: { view: 'account/data', locals: { found: null, file: '/f', days: 7, errors: {} } },
    'data-making': {
      view: 'account/data',
      locals: {
        found: { state: 'making', percent: 42, stalled: true },
        file: '/f',
        days: 7,
        errors: { form: 'It is being made already.' },
      },
    },
    'data-ready': {
      view: 'account/data',
      locals: {
        found: { state: 'ready', bytes: 123_456_789, expiresAt: '2026-11-30T08:30:00.000Z' },
        file: '/f',
        days: 7,
        errors: {},
      },
    },
    delete: {
      view: 'account/delete',
      locals: { form: { username: 'x' }, errors: { username: 'Your own name.' }, days: 14, name: 'blue-collector' },
    },
    return: {
      view: 'account/return',
      locals: { date: 'December 7, 2026', next: '/images', errors: {}, me: null },
    },
    missing: {
      view: 'error',
      locals: {
        status: 404,
        heading: 'Nothing here',
        sentence: 'There is nothing at this address.',
        requestId: null,
        back: '/',
      },
    },
    broken: {
      view: 'error',
      locals: {
        status: 500,
        heading: 'Something went wrong',
        sentence: 'It has been written down.',
        requestId: 'f3a9c1',
        back: null,
        me: null,
      },
    },
  };
}

/** The locals that every view gets. */
export const everywhere = {
  csrf: 'token',
  me: { username: 'blue-collector', role: 'member', unread: 3 },
  path: '/images',
  here: '/images',
  flash: [{ kind: 'done', text: 'Your image is saved.' }],
  title: null,
  lang: 'en',
  dir: 'ltr',
  site: { providers: [], passkeys: true, openGallery: false, maxUploadMb: 25, nopin: 'private', registration: 'open' },
  asset: (name: string) => `/static/${name}`,
  datetime: (at: string | number) => ({
    iso: new Date(at).toISOString(),
    text: new Date(at).toISOString().slice(0, 10),
  }),
} as const;
