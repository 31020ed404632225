import { feedItem, pictureFor } from '../api/feeds.ts';
import { mediaPath } from '../api/images.ts';
import { feedKeyForm } from '../api/access.ts';
import { readForm } from '../api/read.ts';
import { dropFeedKey, feedKeySince, findFeedReader, makeFeedKey } from '../accounts/index.ts';
import { notFound } from '../errors.ts';
import { gallery, readPage } from '../feed/index.ts';
import { findFile, type Image } from '../images/index.ts';
import { FORMATS } from '../lib/feeds/index.ts';
import { say, words } from '../lib/words/index.ts';
import { bytes, page, secretPage, seeOther, type Answer } from './answer.ts';
import { baseOf } from './base.ts';
import { fromOf } from './from.ts';
import { FIRST, formatIn, printFeed, searchSource, siteAuthor } from './feeds.ts';
import { MEDIA_NAME } from './media.ts';
import { textIn } from './params.ts';
import type { MemberVisit, Visit } from './visit.ts';

const PATH = '/account/feeds';

/** GET /account/feeds: whether there is a secret address, and how one is made. */
export const feedsPage = (visit: MemberVisit): Promise<Answer> => show(visit, null);

async function show(visit: MemberVisit, key: string | null): Promise<Answer> {
  const since = await feedKeySince(visit.db, visit.member.id);
  const addresses = key === null ? null : FORMATS.map((format) => ({ format, href: addressOf(visit, key, format) }));
  const options = {
    title: say('feeds.heading'),
    status: key === null ? 200 : 201,
    json: () => ({
      since: since === null ? null : new Date(since).toISOString(),
      ...(addresses ? { feeds: Object.fromEntries(addresses.map(({ format, href }) => [format, href])) } : {}),
    }),
  };
  return (key === null ? page : secretPage)('account/feeds', { since, addresses }, options);
}

const addressOf = (visit: Visit, key: string, format: string) => `${baseOf(visit)}/feeds/${key}/feed.${format}`;

/** Makes the address, or another one; or takes it back. It stands in this answer alone, as an access token does. */
export async function changeFeedKey(visit: MemberVisit): Promise<Answer> {
  const { db, device, member } = visit;
  if (readForm(feedKeyForm, visit.form).action === 'make') {
    const key = await makeFeedKey(db, fromOf(visit));
    visit.site.wake();
    return show(visit, key);
  }
  await db.transaction((trx) => dropFeedKey(trx, member.id, device.address));
  visit.say('done', 'feeds.dropped');
  return seeOther(PATH, { status: 200, body: { deleted: true } });
}

/** The visit of whoever has the secret address: they read as the member whose it is. */
async function withKey(visit: Visit): Promise<Visit> {
  const reader = await findFeedReader(visit.db, textIn(visit, 'key'));
  if (!reader) throw notFound();
  return { ...visit, reader };
}

/** How images are told there: bytes that not everyone may have come by the same secret. */
const itemsFor = (visit: Visit) => (base: string, image: Image) => {
  const item = feedItem(base, image);
  const file = image.visibility === 'public' ? null : pictureFor(image);
  if (!file || !item.picture) return item;
  const url = `${base}/feeds/${textIn(visit, 'key')}${mediaPath(file)}`;
  return { ...item, picture: { ...item.picture, url } };
};

/** GET /feeds/KEY/feed.FORMAT: what the member may see of what members share. */
export async function wholeFeed(asked: Visit): Promise<Answer> {
  formatIn(asked);
  const visit = await withKey(asked);
  const { images } = await readPage(visit.db, visit.reader, gallery(visit.reader), FIRST);
  const [title, description] = [words('site.name'), words('feed.whole.about')];
  const source = { title, description, path: '/images', self: visit.here, author: siteAuthor(visit), images, since: 0 };
  return printFeed(visit, source, { open: false, item: itemsFor(visit) });
}

/** GET /feeds/KEY/search.FORMAT?q=: what the member finds by a search. */
export async function searchByKey(asked: Visit): Promise<Answer> {
  formatIn(asked);
  const visit = await withKey(asked);
  return printFeed(visit, await searchSource(visit), { open: false, item: itemsFor(visit) });
}

/** GET /feeds/KEY/media/FILE: bytes that the member may see. */
export async function mediaByKey(asked: Visit): Promise<Answer> {
  const key = MEDIA_NAME.exec(asked.params['file'] ?? '')?.[1];
  if (!key) throw notFound();
  const { db, reader } = await withKey(asked);
  return bytes(await findFile(db, reader, key));
}
