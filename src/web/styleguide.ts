import { notFound } from '../errors.ts';
import { pager } from './lists.ts';
import { page } from './answer.ts';
import type { Visit } from './visit.ts';

/** The tokens of static/css/tokens.css, by what they are for. */
const COLOURS = [
  'paper',
  'raised',
  'sunken',
  'line',
  'edge',
  'ink',
  'ink-soft',
  'accent',
  'accent-deep',
  'accent-wash',
  'on-accent',
  'trouble',
  'trouble-wash',
  'twig',
];
const TYPE = ['display', 'heading-large', 'heading', 'text-large', 'text', 'text-small'];
const SPACES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'];
const ICONS =
  'plus feed image person people globe lock key mask heart talk download upload pencil bin restore copy search zoom clock close check trouble note back on down up top bottom move board leave bookmark eye bell wait';

/** Pictures without bytes: what lists look like until these come. */
const PICTURES = [15, 7, 20, 10, 13].map((ratio, n) => ({
  id: n + 1,
  href: '#grid',
  title: `One of ${ratio / 10} to 1`,
  alt: '',
  src: null,
  srcset: null,
  sizes: null,
  width: ratio * 100,
  height: 1000,
  placeholder: null,
  colour: ['#7d8fa3', '#a3907d', '#6f8a6a', '#2743bd', '#8b6f4e'][n],
  ratio,
  username: 'collector',
  visibility: n === 1 ? 'private' : 'public',
  likes: 3 * n,
  comments: n,
  pending: n === 3,
}));

/** GET /styleguide: every part that pages are made of, beside each other, for whoever works on them; elsewhere it is not there. */
export function styleguide({ site }: Visit) {
  if (!site.config.development) throw notFound();
  const locals = {
    colours: COLOURS,
    type: TYPE,
    spaces: SPACES,
    icons: ICONS.split(' '),
    images: PICTURES,
    pager: pager('/styleguide', { page: 3, pages: 12, next: 'next' }),
  };
  return page('styleguide', locals, { title: 'Style guide' });
}
