import { imageJson } from '../api/images.ts';
import { Refusal } from '../errors.ts';
import { findByAddress, findImage, type Image } from '../images/index.ts';
import { say } from '../lib/words/index.ts';
import { page } from './answer.ts';
import { card } from './cards.ts';
import { countedAs } from './edge/limits.ts';
import type { MemberVisit } from './visit.ts';

/** The own images that a refusal speaks of; one that was deleted a moment ago is not among them. */
export async function imagesOf({ db, reader }: MemberVisit, { extra }: Refusal): Promise<Image[]> {
  const ids = (extra['ids'] as number[] | undefined) ?? [];
  const orNull = (error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  };
  const found = await Promise.all(ids.map((id) => findImage(db, reader, id).catch(orNull)));
  return found.filter((image) => image !== null);
}

/** A script that is told "you have it" gets the images that it has; the form shows them by their numbers. */
export async function told(visit: MemberVisit, refusal: Refusal): Promise<Refusal> {
  if (!visit.wantsJson || !refusal.extra['ids']) return refusal;
  refusal.extra['images'] = (await imagesOf(visit, refusal)).map(imageJson);
  delete refusal.extra['ids'];
  return refusal;
}

/** The own images that came from an address; what is no address of the web has none. */
export const hadFrom = async ({ db, reader, member }: MemberVisit, url: string): Promise<Image[]> =>
  /^https?:/i.test(url) && url.isWellFormed() && !url.includes('\0')
    ? findByAddress(db, { ...reader, id: member.id }, url)
    : [];

/** GET /images/create/had?url=, for the form's script: which of one's own images came from that address. A hint, and no more. */
export async function had(visit: MemberVisit) {
  const { site, member, device, query } = visit;
  await site.limits.take('typing', countedAs(member, device.address));
  const images = await hadFrom(visit, query.get('url') ?? '');
  return page(
    'images/had',
    { images: images.map(card) },
    { title: say('create.had_title'), json: () => ({ images: images.map(imageJson) }) },
  );
}
