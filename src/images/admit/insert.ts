import type { Db } from '../../db/index.ts';
import type { Inspection, RenderedTier } from '../../imaging/index.ts';
import { quarters } from '../../lib/likeness.ts';
import { cellsOf, LOOK_COLUMNS, type Look } from '../../lib/look.ts';
import { randomToken } from '../../lib/secret.ts';
import { slugOf } from '../../lib/slug.ts';
import type { Placed } from '../counts.ts';
import { keepProvenance, keepWishes } from '../provenance.ts';
import { holdImage, placedOf, type PlacedRow } from '../hold.ts';
import type { TagMove } from '../tags/counts.ts';
import { setTags } from '../tags/set.ts';
import type { SaveForm } from './form.ts';
import type { Received } from './receive.ts';

/** Everything that a new image's rows are made of. */
export interface NewImage {
  ownerId: number;
  form: SaveForm;
  received: Received;
  facts: Inspection;
  high: RenderedTier;
  originalKey: string;
  highKey: string;
}

/** Whose work its file says it is; a tier that was copied says nothing any more. */
const authorshipOf = ({ received, facts }: NewImage) => received.authorship ?? facts.authorship;

/** What only the file says. */
function fileColumns(image: NewImage) {
  const { copyright, credit, description } = authorshipOf(image);
  return { copyright, credit, description };
}

const factColumns = ({ received, facts }: NewImage) => ({
  state: 'pending',
  format: facts.format,
  width: facts.width,
  height: facts.height,
  frames: facts.frames,
  alpha: facts.alpha,
  still_of: facts.still_of,
  quality: facts.quality,
  sha256: received.sha256,
  phash: facts.phash,
  colour: facts.colour,
  placeholder: facts.placeholder,
});

/** What a person says, and where they say nothing of the author what the file says. */
const sayingColumns = (image: NewImage) => {
  const { form, received } = image;
  const { creator, licence } = authorshipOf(image);
  return {
    title: form.title,
    slug: slugOf(form.title),
    caption: form.caption,
    alt: form.alt,
    creator: form.creator || creator,
    licence: form.licence || licence,
    arrived: received.way,
    source_url: received.sourceUrl,
    seen_url: form.seenUrl,
    page_url: form.pageUrl,
    site: siteOf(form.pageUrl ?? received.sourceUrl),
    copied_from: received.copiedFrom ?? null,
    nopin: form.nopin,
    visibility: form.visibility,
    show_name: form.showName,
    resolution: form.resolution,
  };
};

const siteOf = (url: string | null) => (url ? new URL(url).hostname.replace(/^www\./, '').slice(0, 255) : null);

interface Inserted {
  placed: Placed;
  tagged: TagMove[];
}

/** Writes a new image with its files and tags; in which lists it counts is written by the caller. */
export async function insertImage(trx: Db, image: NewImage, now: number): Promise<Inserted> {
  const { ownerId, form } = image;
  // A save that began before its owner left or was disabled is nobody's to see either.
  const owner = await trx('accounts').where({ id: ownerId }).forShare().first('disabled_at');
  const ownerDisabled = owner?.disabled_at !== null;
  const [row] = await trx('images')
    .insert({
      owner_id: ownerId,
      owner_disabled: ownerDisabled,
      ...sayingColumns(image),
      ...factColumns(image),
      ...fileColumns(image),
      created_at: now,
      updated_at: now,
    })
    .returning('id');
  const id = Number(row.id);
  await insertFiles(trx, id, image);
  await keepProvenance(trx, id, form.provenance);
  const placed = {
    id,
    ownerId,
    visibility: form.visibility,
    showName: form.showName,
    binned: false,
    ownerDisabled,
  };
  return { placed, tagged: form.tags.length > 0 ? await setTags(trx, placed, form.tags, now) : [] };
}

interface Replaced {
  placed: Placed;
  /** The storage keys that it let go. */
  letGo: string[];
}

/** Gives an image new bytes; its address, tags, boards, likes and comments stay. */
export async function replaceImage(trx: Db, id: number, image: NewImage, now: number): Promise<Replaced> {
  await holdImage(trx, id);
  const letGo: string[] = await trx('files').where({ image_id: id }).pluck('storage_key');
  await trx('files').where({ image_id: id }).delete();
  await trx('likeness').where({ image_id: id }).delete();
  await trx('looks').where({ image_id: id }).delete();
  const { arrived, source_url, seen_url, nopin, creator, licence } = sayingColumns(image);
  // What stands there already, somebody may have written.
  const ifEmpty = (name: 'creator' | 'licence', value: string) =>
    trx.raw(`CASE WHEN ?? = '' THEN ? ELSE ?? END`, [name, value, name]);
  await trx('images')
    .where({ id })
    .update({
      ...factColumns(image),
      ...fileColumns(image),
      creator: ifEmpty('creator', creator),
      licence: ifEmpty('licence', licence),
      arrived,
      source_url,
      seen_url,
      nopin,
      updated_at: now,
    });
  await insertFiles(trx, id, image);
  await keepWishes(trx, id, image.form.provenance);
  const row: PlacedRow = await trx('images').where({ id }).first();
  return { placed: placedOf(row), letGo };
}

async function insertFiles(trx: Db, id: number, { ownerId, received, facts, high, originalKey, highKey }: NewImage) {
  const original = {
    bytes: received.bytes,
    sha256: received.sha256,
    type: facts.type,
    width: facts.width,
    height: facts.height,
  };
  const { bytes, sha256, type, width, height } = high;
  await trx('files').insert([
    fileRow(id, 'original', originalKey, original),
    fileRow(id, 'high', highKey, { bytes, sha256, type, width, height }),
  ]);
  await trx('likeness').insert(
    quarters(facts.phash).map((bits, quarter) => ({ image_id: id, owner_id: ownerId, quarter, bits })),
  );
  await trx('looks').insert(lookRow(id, facts.look));
}

interface FileFacts {
  bytes: number;
  sha256: string;
  type: string;
  width: number;
  height: number;
}

/** A row of `looks`. */
export const lookRow = (imageId: number, look: Look) => ({
  image_id: imageId,
  ...Object.fromEntries(LOOK_COLUMNS.map((column, at) => [column, look[at]])),
  ...Object.fromEntries(cellsOf(look).map((cell, grid) => [`cell${grid}`, cell])),
});

/** A row of `files`, with a new public key. */
export const fileRow = (imageId: number, tier: string, storageKey: string, facts: FileFacts) => ({
  image_id: imageId,
  tier,
  storage_key: storageKey,
  public_key: randomToken(),
  ...facts,
});
