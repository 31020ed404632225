import { createForm } from '../api/forms.ts';
import { readForm } from '../api/read.ts';
import { Refusal } from '../errors.ts';
import { findImage, type Image } from '../images/index.ts';
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
    if (!form.url) throw new Refusal(422, 'invalid', 'several.no_address', { field: 'url' });
    const { id } = await saveOne(visit, form, addressSource(form), more);
    return { row, image: await findImage(visit.db, visit.reader, id) };
  } catch (error) {
    const refusal = refusalOf(visit, error).on(fieldOf(error, row));
    visit.site.saves.note(visit.member.id, row.fields['once'], { state: 'refused', refusal });
    return { row, refusal, alike: await imagesOf(visit, refusal) };
  }
}

/** The field of the form that the row's refusal belongs to. */
function fieldOf(error: unknown, { number }: Row): string {
  const field = error instanceof Refusal ? error.field : undefined;
  return `${!field || field === 'image' ? 'url' : field}${number}`;
}

/** A fault of ours with one picture must not take the others' answers away. */
function refusalOf({ site }: MemberVisit, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  site.log.error({ err: error }, 'one of several images was not saved');
  return new Refusal(500, 'bug', 'error.bug', { cause: error });
}
