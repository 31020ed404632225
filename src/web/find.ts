import { findForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import type { Refusal } from '../errors.ts';
import { findOnPage, type FoundPage } from '../images/index.ts';
import { isData } from '../lib/pick/address.ts';
import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { errorsOf, typed } from './fields.ts';
import { FIND } from './find-offer.ts';
import type { MemberVisit } from './visit.ts';

/** The preview's policy lets no other through. */
const PREVIEWED = /^(?:https:\/\/|data:image\/)/i;

const show = (url: string, found: FoundPage | null, refusal: Refusal | null) =>
  page(
    'images/find',
    { action: FIND, url, found: found && foundShown(found), errors: errorsOf(refusal) },
    {
      title: say('find.heading'),
      policy: 'preview',
      ...(found ? { json: () => foundJson(found) } : {}),
    },
  );

/** GET /images/find: the address of a page, with what the address of this one says filled in. It fetches nothing. */
export const findPage = (visit: MemberVisit) => show(visit.query.get('url') ?? '', null, null);

export const findAgain = (visit: MemberVisit, refusal: Refusal) => show(typed(visit.form, 'url'), null, refusal);

/** POST /images/find: the pictures of a page, to choose from; what is chosen goes to /save, where it is looked through. */
export async function find(visit: MemberVisit) {
  const { url } = readForm(findForm, visit.form);
  const { fetcher, storage } = visit.site;
  const looking = { fetcher, storage, whose: String(visit.member.id), signal: visit.left() };
  return show(url, await findOnPage(looking, url), null);
}

function foundShown({ says, images }: FoundPage) {
  const { title, description, site, date, noai, noindex } = says;
  return {
    ...says,
    told: {
      page_title: title,
      page_description: description,
      page_site: site,
      page_date: date,
      noai: noai ? '1' : '',
      noindex: noindex ? '1' : '',
    },
    images: images.map((image, index) => ({
      n: index + 1,
      url: image.url,
      seenUrl: isData(image.seenUrl) ? '' : image.seenUrl,
      title: image.title || says.title,
      alt: image.alt,
      name: image.name,
      width: image.width,
      height: image.height,
      leastWidth: image.leastWidth,
      leastHeight: image.leastHeight,
      nopin: says.nopin || image.nopin,
      preview: PREVIEWED.test(image.seenUrl || image.url) ? image.seenUrl || image.url : null,
    })),
  };
}

const foundJson = ({ says: { url, ...says }, images }: FoundPage) => ({
  page: { url, ...says },
  images: images.map(({ url: address, seenUrl, width, height, alt, title, nopin }) => ({
    url: address,
    seen_url: seenUrl || null,
    width,
    height,
    alt,
    title,
    nopin: nopin || says.nopin,
  })),
});
