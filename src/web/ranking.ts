import { Refusal } from '../errors.ts';
import { RANKINGS, readRanking, type RankedPage, type Ranking } from '../feed/index.ts';
import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { card } from './cards.ts';
import { listJson, pager } from './lists.ts';
import type { Visit } from './visit.ts';

const pathOf = (of: Ranking) => (of === 'day' ? '/images/ranking' : `/images/ranking?of=${of}`);

/** GET /images/ranking: what is most looked at, as it was counted last. */
export async function ranking({ db, reader, query }: Visit) {
  const of = rankingOf(query.get('of') ?? 'day');
  const found = await readRanking(db, reader, of, { page: query.get('page'), after: query.get('after') });
  const counted = found.countedAt === null ? null : new Date(found.countedAt).toISOString();
  const json = () => ({ ...listJson(pathOf(of), found), of, counted_at: counted });
  return page('images/ranking', shown(of, found, counted), { title: say('ranking.heading'), json });
}

function rankingOf(of: string): Ranking {
  const known = RANKINGS.find((name) => name === of);
  if (!known) throw new Refusal(422, 'invalid', 'ranking.unknown', { field: 'of' });
  return known;
}

const shown = (of: Ranking, found: RankedPage, counted: string | null) => ({
  images: found.images.map((image) => ({ ...card(image), views: found.viewed.get(image.id) ?? 0 })),
  pager: pager(pathOf(of), found),
  choices: RANKINGS.map((name) => ({ href: pathOf(name), words: say(`ranking.${name}`), current: name === of })),
  counted,
});
