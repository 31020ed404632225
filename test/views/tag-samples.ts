import type { Pagers } from './board-samples.ts';
import type { Sample } from './samples.ts';

const LONG = 'x'.repeat(50);
const tagsOf = () =>
  ['bridge', 'night sky', '🐦', LONG].map((name, n) => ({
    name,
    images: n * 7 + 1,
    href: `/tags/${encodeURIComponent(name)}`,
  }));

/** Every view of tags, and of feeds, in each state that looks different. */
export function tagSamples(images: readonly object[], { pager, noPager }: Pagers): Record<string, Sample> {
  const [tag] = tagsOf();
  const beyond = { ...noPager, page: 9, prev: '/tags' };
  const list = { from: '', pager: noPager };
  const own = { pager: noPager, form: null, errors: {} };
  const errors = { to: 'That is the same tag.' };
  const aliases = [{ name: 'birb', tag: 'bird', href: '/tags/bird' }];
  const form = { name: '', tag: '' };
  return {
    tags: { view: 'tags/index', locals: { ...list, tags: tagsOf(), from: 'b' } },
    'tags-visitor': { view: 'tags/index', locals: { ...list, tags: tagsOf(), me: null } },
    'tags-empty': { view: 'tags/index', locals: { ...list, tags: [] } },
    'tags-end': { view: 'tags/index', locals: { from: '', tags: [], pager: beyond } },
    tag: { view: 'tags/show', locals: { tag, heading: 'Tagged “bridge”', images, pager } },
    'tag-beyond': { view: 'tags/show', locals: { tag, heading: `Tagged “${LONG}”`, images: [], pager: beyond } },
    'own-tags': { view: 'account/tags', locals: { ...own, tags: tagsOf() } },
    'own-tags-wrong': {
      view: 'account/tags',
      locals: { ...own, tags: tagsOf(), form: { tag: 'bridge', to: 'Bridge' }, errors },
    },
    'own-tags-empty': { view: 'account/tags', locals: { ...own, tags: [] } },
    'own-tags-end': { view: 'account/tags', locals: { ...own, tags: [], pager: beyond } },
    feeds: { view: 'account/feeds', locals: { since: null, addresses: null } },
    'feeds-since': { view: 'account/feeds', locals: { since: '2026-11-01T12:00:00.000Z', addresses: null } },
    'feeds-made': {
      view: 'account/feeds',
      locals: {
        since: '2026-11-01T12:00:00.000Z',
        addresses: ['json', 'atom', 'rss'].map((format) => ({
          format,
          href: `https://example.org/feeds/x/feed.${format}`,
        })),
      },
    },
    aliases: { view: 'moderation/tags', locals: { aliases, pager: noPager, form, errors: {} } },
    'aliases-wrong': { view: 'moderation/tags', locals: { aliases: [], pager: noPager, form, errors: { tag: 'No.' } } },
  };
}
