import type { Sample } from './samples.ts';

const LONG = 'Things that were found on a beach after a storm, and what they looked like when they were dry again';

/** Boards in the menu of a form, or of an image's page. */
export const choicesOf = () => [
  {
    username: 'blue-collector',
    slug: 'blue-things',
    title: 'Blue things',
    visibility: 'members',
    mine: true,
    on: true,
  },
  { username: 'blue-collector', slug: 'kept', title: LONG, visibility: 'private', mine: true, on: false },
];

/** What the page of an image shows of boards. */
export const filedOf = () => ({
  action: '/images/12/boards',
  boards: [
    { title: 'Blue things', visibility: 'members', href: '/people/blue-collector/boards/blue-things' },
    { title: LONG, visibility: 'private', href: '/people/blue-collector/boards/kept' },
  ],
  menu: [
    ...choicesOf().map((choice) => ({ ...choice, value: choice.slug })),
    { ...choicesOf()[0], title: 'Bridges', mine: false, on: false, username: 'ada', value: 'ada/bridges' },
  ],
});

interface Image {
  id: number;
}
export interface Pagers {
  pager: object;
  noPager: object;
}

export const tileOf = (cover: object | null, n: number) => ({
  title: n === 1 ? LONG : `Board ${n}`,
  username: 'blue-collector',
  visibility: n % 3 === 0 ? 'private' : 'members',
  images: n * 7,
  mine: true,
  href: `/people/blue-collector/boards/board-${n}`,
  cover,
});

const boardOf = (more: Record<string, unknown> = {}) => ({
  title: 'Blue things',
  description: 'Bottle tops,\nfeathers, glass.',
  username: 'blue-collector',
  visibility: 'members',
  images: 31,
  followers: 3,
  mine: true,
  works: true,
  follows: false,
  href: '/people/blue-collector/boards/blue-things',
  profileHref: '/people/blue-collector',
  people: [{ name: 'ada', href: '/people/ada' }],
  parent: null,
  inside: [{ title: 'Feathers', slug: 'feathers', images: 4, href: '/people/blue-collector/boards/feathers' }],
  saveHref: '/images/create?board=blue-things',
  invited: false,
  linked: false,
  ...more,
});

/** Every view of boards in each state that looks different. */
export function boardSamples(images: readonly Image[], { pager, noPager }: Pagers): Record<string, Sample> {
  const tiles = [null, ...images].map((cover, n) => tileOf(cover, n + 1));
  const mine = { mine: true, name: 'Ada', href: '/people/ada' };
  const theirs = { ...mine, mine: false };
  const parent = { title: 'Blue things', href: '/people/blue-collector/boards/blue-things' };
  const lists = {
    boards: { boards: tiles, pager, heading: 'Boards', of: null },
    'boards-mine': { boards: tiles, pager: noPager, heading: 'Your boards', of: mine },
    'boards-empty': { boards: [], pager: noPager, heading: 'Your boards', of: mine },
    'boards-of': { boards: [], pager: noPager, heading: 'Boards of Ada', of: theirs },
    'boards-visitor': { boards: tiles, pager: noPager, heading: 'Boards', of: null, me: null },
  };
  const shown = {
    board: { board: boardOf(), images, pager },
    'board-theirs': { board: boardOf({ mine: false, works: false, parent, inside: [] }), images, pager: noPager },
    'board-long': { board: boardOf({ title: `${LONG} ${LONG}`, description: '' }), images, pager: noPager, me: null },
    'board-invited': { board: boardOf({ mine: false, works: false, invited: true }), images, pager: noPager },
    'board-worked-on': { board: boardOf({ mine: false }), images, pager: noPager },
    'board-linked': { board: boardOf({ mine: false, works: false, linked: true }), images, pager: noPager, me: null },
    'board-empty': { board: boardOf({ images: 0 }), images: [], pager: noPager },
  };
  const form = { title: 'Blue things', description: '', visibility: 'private', image_visibility: '', parent: '' };
  const parents = [{ slug: 'found', title: 'Found' }];
  return {
    ...Object.fromEntries(Object.entries(lists).map(([name, locals]) => [name, { view: 'boards/index', locals }])),
    ...Object.fromEntries(Object.entries(shown).map(([name, locals]) => [name, { view: 'boards/show', locals }])),
    'board-create': { view: 'boards/create', locals: { form, errors: { title: 'A board needs a name.' } } },
    'board-edit': { view: 'boards/edit', locals: { board: boardOf({ inside: [] }), form, parents, errors: {} } },
    'board-people': {
      view: 'boards/people',
      locals: {
        board: boardOf(),
        path: '/people/blue-collector/boards/blue-things/people',
        people: [
          { username: 'ada', href: '/people/ada', accepted: true },
          { username: 'bob', href: '/people/bob', accepted: false },
        ],
        link: 'https://localhost:9000/boards/link/abc',
        shared: true,
        typed: 'nobody',
        errors: { username: 'No member has this username.' },
      },
    },
    'board-people-none': {
      view: 'boards/people',
      locals: { board: boardOf(), path: '/p', people: [], link: null, shared: false, typed: '', errors: {} },
    },
    'board-arrange': { view: 'boards/arrange', locals: { board: boardOf(), images, pager } },
    'board-arrange-empty': { view: 'boards/arrange', locals: { board: boardOf(), images: [], pager: noPager } },
    'boards-bin': {
      view: 'boards/bin',
      locals: { boards: [{ title: LONG, restoreHref: '/x/restore', goneAt: '2026-12-01T12:00:00.000Z' }] },
    },
    'boards-bin-empty': { view: 'boards/bin', locals: { boards: [] } },
  };
}
