import { imageJson, imagePath } from '../api/images.ts';
import { colourName } from '../lib/colour.ts';
import { say } from '../lib/words/index.ts';
import { similarTo } from '../search/index.ts';
import { page } from './answer.ts';
import { card } from './cards.ts';
import { countedAs } from './edge/limits.ts';
import { searchPath } from './search.ts';
import { findOrAsk } from './sight.ts';
import type { Visit } from './visit.ts';

export const similarPath = (id: number) => `/images/${id}/similar`;

/** GET /images/ID/similar: what looks like an image that the reader may see, the most alike first; there is one page of it. */
export async function similar(visit: Visit) {
  const { db, reader, site, member, device } = visit;
  await site.limits.take('search', countedAs(member, device.address));
  const image = await findOrAsk(visit);
  const images = await similarTo(db, reader, image.id);
  const colour = colourName(image.colour);
  const title = String(image.title || say('images.untitled'));
  const locals = {
    image: card(image),
    href: imagePath(image),
    colour: { name: say(`colour.${colour}`), href: searchPath(`color:${colour}`) },
    images: images.map(card),
  };
  const json = () => ({ images: images.map(imageJson), next: null, page: 1, pages: 1 });
  return page('images/similar', locals, {
    title: say('similar.of', { title: [...title].slice(0, 80).join('') }),
    json,
  });
}
