import { rm } from 'node:fs/promises';
import { createForm, type CreateForm } from '../api/forms.ts';
import { imageJson } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import type { Choice } from '../boards/index.ts';
import { Refusal } from '../errors.ts';
import {
  dropDrafts,
  findDraft,
  findImage,
  keepDraft,
  openDraft,
  type Draft,
  type Rescued,
  type Source,
} from '../images/index.ts';
import { imagePath } from '../api/images.ts';
import { isRescuable } from '../lib/rescuable.ts';
import { PAGE_KEYS } from '../lib/pick/fragment.ts';
import { readSeed } from '../lib/pick/seed.ts';
import { randomToken } from '../lib/secret.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther } from './answer.ts';
import { boardInAddress, offeredBoards } from './save-board.ts';
import { SAID } from './save-fields.ts';
import { addressSource, saveOne } from './save-one.ts';
import { card } from './cards.ts';
import { errorsOf, typed } from './fields.ts';
import { leadsToPage } from './find-offer.ts';
import { hadFrom, imagesOf, told } from './had-already.ts';
import type { MemberVisit, Upload } from './visit.ts';

const FIELDS = [...SAID, ...PAGE_KEYS, 'url', 'seen_url', 'once', 'refused_url', 'copied'] as const;

/** GET /images/create: the form, with what the address says filled in. It fetches nothing and saves nothing. */
export async function createPage(visit: MemberVisit) {
  const { title, url } = readSeed(visit.rawQuery);
  const boards = await offeredBoards(visit);
  const board = boardInAddress(visit.rawQuery);
  const visibility = boards.find(({ slug }) => slug === board)?.imageVisibility ?? visit.member.visibility;
  const { draft, page_url, lost } = await sharedTo(visit);
  const form = { ...blank(visit), title, url, page_url, board, visibility };
  const had = await hadFrom(visit, url);
  return showForm({ form, boards, draft, lost, had: had.map(card) });
}

/** What the share sheet left: the draft of a picture, where it was found, or that files could not come along. */
async function sharedTo({ rawQuery, db, member }: MemberVisit) {
  const query = new URLSearchParams(rawQuery.split(/(?:^|&)url=/, 1)[0]);
  const id = query.get('draft') ?? '';
  const draft = id ? await findDraft(db, member.id, id) : null;
  return { draft, page_url: query.get('page_url') ?? '', lost: query.get('lost') === '1' || (id !== '' && !draft) };
}

function blank({ member }: MemberVisit): Record<string, string> {
  const fields = Object.fromEntries(FIELDS.map((name) => [name, '']));
  return {
    ...fields,
    show_name: member.showName ? '1' : '0',
    resolution: 'very_high',
    once: randomToken(),
  };
}

interface Shown {
  form: Record<string, string>;
  boards: readonly Choice[];
  refusal?: Refusal;
  draft: Draft | null;
  alike?: object[];
  /** Whether what was shared has not come along. */
  lost?: boolean;
  /** What they have from its address. */
  had?: object[];
}

function showForm({ form, boards, refusal, draft, alike = [], lost = false, had = [] }: Shown) {
  const errors = errorsOf(refusal ?? null);
  const same = refusal?.code === 'duplicate';
  const find = refusal ? leadsToPage(refusal) : false;
  const locals = { form, boards, errors, draft, alike, lost, had, same, find };
  return page('images/create', locals, { title: say('create.heading'), policy: 'preview' });
}

/** The form as the person left it: what they typed, the file they sent as a draft, and the pictures they have already. */
export async function createAgain(visit: MemberVisit, refusal: Refusal) {
  const left = Object.fromEntries(FIELDS.map((name) => [name, typed(visit.form, name)]));
  const refused = refusal.field === 'url' && isRescuable(refusal.code) ? left['url'] : left['refused_url'];
  const form = { ...left, once: left['once'] || randomToken(), refused_url: refused ?? '' };
  const alike = await imagesOf(visit, refusal);
  const boards = await offeredBoards(visit);
  return showForm({ form, boards, refusal, draft: await draftOf(visit, refusal), alike: alike.map(card) });
}

/** Faults of the picture itself: sending it again would not help. And of the store: it takes no draft either. */
const BAD_PICTURE = new Set([
  'not_an_image',
  'too_large',
  'too_small',
  'too_many_pixels',
  'broken',
  'broken_off',
  'disk_full',
  'slow_store',
  'quota',
]);

async function draftOf(visit: MemberVisit, { code }: Refusal): Promise<Draft | null> {
  const { db, site, upload, member, form } = visit;
  if (BAD_PICTURE.has(code)) return null;
  if (!upload) return findDraft(db, member.id, typed(form, 'draft'));
  return keepDraft(db, site.storage, member.id, upload).catch((error: unknown) => {
    // No room for it: then the file has to be chosen again, and the form is worth showing all the same.
    if (error instanceof Refusal) return null;
    throw error;
  });
}

/** POST /images/create. */
export async function create(visit: MemberVisit) {
  const form = readForm(createForm, visit.form);
  const { db, site } = visit;
  const { source, field, drafted } = await sourceOf(visit, form);
  const { id, outcome } = await saveOne(visit, form, source, { signal: visit.left() })
    .catch(async (error: unknown) => {
      throw error instanceof Refusal ? await told(visit, error.field ? error : error.on(field)) : error;
    })
    .finally(() => (drafted && source.way === 'upload' ? rm(source.file, { force: true }) : null));
  // It is saved, whatever becomes of its draft, which goes after a day anyway.
  if (drafted)
    await dropDrafts(db, site.storage, [drafted]).catch((err: unknown) => site.log.warn({ err }, 'left for the sweep'));
  const image = await findImage(db, visit.reader, id);
  visit.say(
    'done',
    outcome === 'again' ? 'said.saved_already' : outcome === 'replaced' ? 'said.replaced' : 'said.saved',
  );
  return seeOther(imagePath(image), { status: outcome === 'saved' ? 201 : 200, body: { image: imageJson(image) } });
}

interface Chosen {
  source: Source;
  /** The field that a fault of the picture belongs to. */
  field: 'image' | 'url';
  drafted: string | null;
}

/** The one picture of the form: a file, the draft of one, or an address; both or neither are refused. */
async function sourceOf(visit: MemberVisit, said: CreateForm): Promise<Chosen> {
  const { url, seen_url, page_url, draft, refused_url, copied } = said;
  const { upload, db, site, member } = visit;
  // What the site was refused, and what came by hand in its place, may stand in one form.
  const rescued = refused_url ? { url: refused_url, copied: copied ?? false } : null;
  if (url && url === refused_url && (upload || draft)) return sourceOf(visit, { ...said, url: '' });
  if (upload && url) throw new Refusal(422, 'invalid', 'field.source_both', { field: 'image' });
  if (upload) return fromFile(upload, null, rescued);
  if (url) return { source: addressSource({ url, seen_url, page_url }), field: 'url', drafted: null };
  const kept = draft ? await openDraft(db, site.storage, member.id, draft) : null;
  if (kept) return fromFile(kept, draft, rescued);
  throw new Refusal(422, 'invalid', 'field.source_missing', { field: 'image' });
}

type File = Pick<Upload, 'file' | 'bytes' | 'sha256'>;

const fromFile = ({ file, bytes, sha256 }: File, drafted: string | null, rescued: Rescued | null): Chosen => ({
  source: { way: 'upload', file, bytes, sha256, rescued },
  field: 'image',
  drafted,
});
