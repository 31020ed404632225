import { imageJson } from '../api/images.ts';
import { Refusal } from '../errors.ts';
import { findImage, type Image } from '../images/index.ts';
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
