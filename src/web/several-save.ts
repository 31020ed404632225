import { rm } from 'node:fs/promises';
import { createForm, type CreateForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { Refusal } from '../errors.ts';
import { dropDrafts, findImage, openDraft, savedBefore, type Image } from '../images/index.ts';
import { countedAs } from './edge/limits.ts';
import { imagesOf } from './had-already.ts';
import { addressSource, saveOne } from './save-one.ts';
import { formOf, type Row } from './several-rows.ts';
import type { MemberVisit } from './visit.ts';

/** What became of one picture: its image, or why there is none, and the own images that it is like. */
export type Result = { row: Row; image: Image } | { row: Row; refusal: Refusal; alike: Image[] };

export const isSaved = (result: Result): result is Extract<Result, { image: Image }> => 'image' in result;

/** Enough that fetching, looking and writing go on side by side: people take turns at each of them anyway. */
const AT_ONCE = 4;

/**
 * Saves the pictures of a form, a few at once, but each recognised and kept after those before it: so they come to stand in the
 * form's order, and of two that are alike the first is saved and the second asked about. What is refused stops no other.
 */
export async function saveRows(visit: MemberVisit, rows: readonly Row[]): Promise<Result[]> {
  const signal = visit.left();
  const going = new Set<Promise<unknown>>();
  const results: Promise<Result>[] = [];
  let before: Promise<unknown> = Promise.resolve();
  for (const [index, row] of rows.entries()) {
    if (signal.aborted) break;
    const mine = before;
    const result = saveRow(visit, row, index, { signal, turn: () => mine });
    const over = result.catch(() => {}).finally(() => going.delete(over));
    going.add(over);
    before = Promise.all([before, over]);
    results.push(result);
    if (going.size >= AT_ONCE) await Promise.race(going);
  }
  await before;
  // Nobody is there to be told; with the keys of their form the rest is saved when it is sent again.
  signal.throwIfAborted();
  return Promise.all(results);
}

type More = Parameters<typeof saveOne>[3];

async function saveRow(visit: MemberVisit, row: Row, index: number, more: More): Promise<Result> {
  try {
    // The first is counted with the form.
    if (index > 0) await visit.site.limits.take('save', countedAs(visit.member, visit.device.address));
    const form = readForm(createForm, formOf(row, visit.form));
    const id = form.draft && !form.url ? await saveDraft(visit, form, more) : await saveAddress(visit, form, more);
    return { row, image: await findImage(visit.db, visit.reader, id) };
  } catch (error) {
    const refusal = refusalOf(visit, error).on(fieldOf(error, row));
    visit.site.saves.note(visit.member.id, row.fields['once'], { state: 'refused', refusal });
    return { row, refusal, alike: await imagesOf(visit, refusal) };
  }
}

async function saveAddress(visit: MemberVisit, form: CreateForm, more: More): Promise<number> {
  if (!form.url) throw new Refusal(422, 'invalid', 'several.no_address', { field: 'url' });
  return (await saveOne(visit, form, addressSource(form), more)).id;
}

/** A file that was shared: its draft goes when it is saved, and stays for another try when it is refused. */
async function saveDraft(visit: MemberVisit, form: CreateForm, more: More): Promise<number> {
  const { db, site, member } = visit;
  const before = await savedBefore(db, member.id, form.once);
  if (before) return before;
  const kept = await openDraft(db, site.storage, member.id, form.draft);
  if (!kept) throw new Refusal(422, 'unknown', 'several.draft_gone', { field: 'draft' });
  const { file, bytes, sha256 } = kept;
  try {
    const { id } = await saveOne(visit, form, { way: 'upload', file, bytes, sha256, rescued: null }, more);
    await dropDrafts(db, site.storage, [form.draft]).catch((err: unknown) =>
      site.log.warn({ err }, 'left for the sweep'),
    );
    return id;
  } finally {
    await rm(file, { force: true });
  }
}

/** The field of the form that the row's refusal belongs to. */
function fieldOf(error: unknown, { number, fields }: Row): string {
  const field = error instanceof Refusal ? error.field : undefined;
  const picture = fields['draft'] && !fields['url'] ? 'draft' : 'url';
  return `${!field || field === 'image' ? picture : field}${number}`;
}

/** A fault of ours with one picture must not take the others' answers away. */
function refusalOf({ site }: MemberVisit, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  site.log.error({ err: error }, 'one of several images was not saved');
  return new Refusal(500, 'bug', 'error.bug', { cause: error });
}
