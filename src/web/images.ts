import { boardJson } from '../api/boards.ts';
import { editForm } from '../api/forms.ts';
import { imageJson, imagePath, mediaPath, wholeImageJson } from '../api/images.ts';
import { readSent } from '../api/read.ts';
import { tagPath } from '../api/tags.ts';
import type { Refusal } from '../errors.ts';
import {
  editImage,
  findBinnedImage,
  findImage,
  setBinned,
  tagsOf,
  type Image,
  type KeptFrom,
} from '../images/index.ts';
import { httpAddress } from '../lib/authorship/text.ts';
import type { Provenance } from '../lib/provenance.ts';
import { TIER_ORDER } from '../lib/tiers.ts';
import { say, type Said } from '../lib/words/index.ts';
import { movedTo, page, seeOther } from './answer.ts';
import { readAround } from './around.ts';
import { filedLocals } from './board-cards.ts';
import { card, pictureOf } from './cards.ts';
import type { OwnerVisit } from './doors.ts';
import { errorsOf, typed } from './fields.ts';
import { commentsShown } from './comments-shown.ts';
import { likesShown } from './likes.ts';
import { imageId } from './params.ts';
import { previewOf } from './previews.ts';
import { similarPath } from './similar.ts';
import { findOrAsk } from './sight.ts';
import type { MemberVisit, Visit } from './visit.ts';

/** GET /images/ID/SLUG: a wrong or missing slug leads to the right one. */
export async function show(visit: Visit) {
  const image = await findOrAsk(visit);
  if (visit.params['slug'] !== image.slug) return movedTo(imagePath(image));
  const { tags, likers, liked, comments, keptFrom, fileSays, provenance, ...filed } = await readAround(
    visit.db,
    visit.reader,
    image.id,
  );
  const title = image.title || say('images.untitled');
  const json = () => ({
    image: wholeImageJson(image, { tags, boards: filed.boards.map(boardJson), liked, provenance }),
  });
  const together = {
    likes: likesShown(image, likers, liked),
    comments: commentsShown(visit.reader, image, comments(visit.reader)),
  };
  const locals = {
    image: {
      ...shown(image),
      ...foundShown(image, provenance),
      tags: tags.map(tagLink),
      keptFrom: keptFromShown(keptFrom),
      ...fileSays,
    },
    ...together,
    filed: filedLocals(image, filed),
    preview: previewOf(visit, { type: 'article', path: imagePath(image), title, description: image.caption, image }),
  };
  return page('images/show', locals, { title, json, viewOf: image.mine ? null : image.id });
}

const keptFromShown = (from: KeptFrom | null) =>
  from && { href: imagePath(from), username: from.username ?? say('image.anonymous') };

const tagLink = (name: string) => ({ name, href: tagPath(name) });

const hostOf = (url: string | null) => (url && URL.canParse(url) ? new URL(url).hostname : null);

/** What the image's page prints. */
function shown(image: Image) {
  const { id, title, caption, alt, username, mine, visibility, showName, creator, licence, quality, state } = image;
  const path = imagePath(image);
  const tiers = image.tiers.filter(({ tier }) => tier !== 'original').sort((a, b) => order(b.tier) - order(a.tier));
  return {
    id,
    title,
    caption,
    alt,
    username,
    mine,
    visibility,
    showName,
    creator,
    licence,
    licenceHref: httpAddress(licence) || null,
    quality,
    state,
    saveHref: image.mine ? null : `/images/${id}/save`,
    ...pictureOf(image, '(min-width: 64rem) 64rem, 100vw'),
    width: image.width,
    height: image.height,
    animated: image.frames > 1,
    profileHref: username ? `/people/${encodeURIComponent(username)}` : null,
    createdAt: image.createdAt,
    sourceUrl: image.sourceUrl,
    sourceHost: hostOf(image.sourceUrl),
    copied: image.arrived === 'rescue',
    fetched: image.arrived !== 'rescue' && image.arrived !== 'upload',
    originalWidth: image.width,
    originalHeight: image.height,
    tiers: tiers.map(({ tier, width, height, bytes, type, publicKey }) => ({
      tier,
      width,
      height,
      bytes,
      type,
      href: mediaPath({ publicKey, type }),
    })),
    similarHref: similarPath(id),
    stateHref: `/images/${id}/state`,
    editHref: `/images/${id}/edit`,
    deleteHref: `/images/${id}/delete`,
    downloadHref: image.tiers.length > 0 ? `/images/${id}/download` : null,
    href: path,
  };
}

/** Where it was found, and what is told of it by that page. */
function foundShown(image: Image, provenance: Provenance) {
  const { title, description, site, date, address } = provenance;
  const host = hostOf(image.pageUrl);
  const around = [site, host, /^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? date].filter(Boolean);
  return {
    pageUrl: address ?? image.pageUrl,
    pageHost: host,
    pageTitle: title,
    // A title may say anything; whose page it is stands beside it.
    pageAround: title ? [...new Set(around)].join(' · ') : '',
    pageDescription: description,
    notes: notesOf(image, provenance),
  };
}

/** What is said below it: that it does not move, and what its page asked of those who take its pictures along. */
const notesOf = ({ stillOf, mine, nopin, visibility }: Image, { noai, noindex }: Provenance): Said[] => [
  ...(stillOf ? [say(stillOf === 'apng' ? 'image.still_apng' : 'image.still_avif')] : []),
  ...(nopin ? [say(mine && visibility === 'private' ? 'image.asks_nopin.mine' : 'image.asks_nopin')] : []),
  ...(noai ? [say('image.asks_noai')] : []),
  ...(noindex ? [say('image.asks_noindex')] : []),
];

const order = (tier: string) => (TIER_ORDER as readonly string[]).indexOf(tier);

const EDITABLE = [
  'title',
  'caption',
  'alt',
  'visibility',
  'show_name',
  'resolution',
  'tags',
  'page_url',
  'creator',
  'licence',
] as const;

export async function editPage(visit: OwnerVisit) {
  const { image } = visit;
  const { title, caption, alt, visibility, resolution, creator, licence } = image;
  const tags = (await tagsOf(visit.db, image.id)).join(', ');
  const form = {
    title,
    caption,
    alt,
    visibility,
    resolution,
    creator,
    licence,
    tags,
    show_name: image.showName ? '1' : '0',
    page_url: image.pageUrl ?? '',
  };
  return showEdit(image, form, null);
}

const showEdit = (image: Image, form: Record<string, string>, refusal: Refusal | null) =>
  page('images/edit', { image: card(image), form, errors: errorsOf(refusal) }, { title: say('edit.heading') });

export const editAgain = ({ image, form }: OwnerVisit, refusal: Refusal) =>
  showEdit(image, Object.fromEntries(EDITABLE.map((name) => [name, typed(form, name)])), refusal);

export async function edit(visit: OwnerVisit) {
  const { page_url, show_name, ...same } = readSent(editForm, visit.form);
  const form = { ...same, pageUrl: page_url, showName: show_name };
  await editImage(visit.db, visit.member.id, visit.image.id, form, visit.site);
  visit.site.wake();
  const image = await findImage(visit.db, visit.reader, visit.image.id);
  visit.say('done', 'said.edited');
  return seeOther(imagePath(image), { status: 200, body: { image: imageJson(image) } });
}

/** Into the bin: undone there, or by the message's own way back. */
export async function remove(visit: OwnerVisit) {
  await setBinned(visit.db, visit.member.id, visit.image.id, true);
  visit.say('done', 'said.binned', { count: Math.round(visit.site.config.trashMs / 86_400_000) });
  return seeOther('/images/bin', { status: 200, body: { deleted: true } });
}

export async function restore(visit: MemberVisit) {
  const id = imageId(visit);
  await findBinnedImage(visit.db, visit.member.id, id);
  await setBinned(visit.db, visit.member.id, id, false);
  const image = await findImage(visit.db, visit.reader, id);
  visit.say('done', 'said.restored');
  return seeOther(imagePath(image), { status: 200, body: { image: imageJson(image) } });
}
