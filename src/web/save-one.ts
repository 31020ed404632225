import type { CreateForm } from '../api/forms.ts';
import { provenanceOf } from '../api/provenance.ts';
import { Refusal } from '../errors.ts';
import { admit, visibilityUnsaid, type Admitted, type SaveForm, type Saving, type Source } from '../images/index.ts';
import { isData } from '../lib/pick/address.ts';
import { recordAct } from '../social/index.ts';
import { boardOfForm, type FormBoard } from './save-board.ts';
import type { SaveState } from './saves.ts';
import type { MemberVisit } from './visit.ts';

/** Where the bytes of an address come from: it holds them itself, or they are fetched. */
export const addressSource = ({
  url,
  seen_url,
  page_url,
}: Pick<CreateForm, 'url' | 'seen_url' | 'page_url'>): Source =>
  isData(url) ? { way: 'data', url } : { way: 'address', url, seenUrl: seen_url, pageUrl: page_url };

/**
 * Saves one picture of a form, onto its board, and tells whoever follows its key how far it is.
 *
 * @param more what else it listens to: whether somebody still waits, and its turn among those of one form
 */
export async function saveOne(
  visit: MemberVisit,
  form: CreateForm,
  source: Source,
  more: Pick<Saving, 'signal' | 'turn'>,
): Promise<Admitted> {
  const { db, site, member } = visit;
  const board = await boardOfForm(visit, form);
  const saying = saveForm(visit, form, board);
  const alongside: Saving['alongside'] = async (trx, image) => {
    const counts = (await board?.put(trx, image)) ?? [];
    if (form.duplicate !== 'replace') await recordAct(trx, { accountId: member.id, verb: 'saved', imageId: image.id });
    return counts;
  };
  const progress = (now: SaveState) => site.saves.note(member.id, form.once, now);
  const admitted = await admit({ ...site, db, progress, alongside, ...more }, member.id, source, saying);
  progress({ state: 'saved', image: admitted.id });
  return admitted;
}

function saveForm({ member }: MemberVisit, form: CreateForm, board: FormBoard | null): SaveForm {
  const { title, caption, alt, creator, licence, tags, once } = form;
  const usual = board?.imageVisibility ?? member.visibility;
  const visibility = form.visibility ?? visibilityUnsaid(form.nopin ?? false, usual);
  if (form.duplicate === 'replace' && form.replace === undefined)
    throw new Refusal(422, 'invalid', 'field.duplicate', { field: 'replace' });
  return {
    title,
    caption,
    alt,
    creator,
    licence,
    tags,
    once,
    visibility,
    pageUrl: form.page_url,
    provenance: provenanceOf(form),
    seenUrl: form.seen_url,
    showName: form.show_name ?? member.showName,
    resolution: form.resolution ?? 'very_high',
    nopin: form.nopin ?? false,
    duplicate: form.duplicate ?? 'ask',
    replaceId: form.replace ?? null,
  };
}
