import { createForm } from '../api/forms.ts';
import { imageJson } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import { refusalJson } from '../api/refusals.ts';
import { Refusal } from '../errors.ts';
import { findDrafts } from '../images/index.ts';
import { MAX_PICKS } from '../lib/pick/fragment.ts';
import { say } from '../lib/words/index.ts';
import { page, seeOther, type Answer } from './answer.ts';
import { countedAs } from './edge/limits.ts';
import { errorsOf, typed } from './fields.ts';
import { FIND, leadsToPage } from './find-offer.ts';
import { boardOfForm, offeredBoards } from './save-board.ts';
import { checkNumber, rearranged, rowsOf, sharedOf, withPicture, type Row } from './several-rows.ts';
import { isSaved, saveRows, type Result } from './several-save.ts';
import { rowShown, sharedShown, type RowShown } from './several-shown.ts';
import type { MemberVisit } from './visit.ts';

/**
 * GET /save: a place for addresses, one a line, and the list that the picks in the fragment become, or the drafts of what was
 * shared. It fetches nothing.
 */
export async function severalPage(visit: MemberVisit): Promise<Answer> {
  const ids = visit.query.getAll('draft');
  const drafts = ids.length > 0 ? await findDrafts(visit.db, visit.member.id, ids) : [];
  const title = visit.query.get('title') ?? '';
  const rows = drafts.map(({ id, name }, at) => ({ number: at + 1, fields: { draft: id, draft_name: name, title } }));
  const said = { ...visit, form: { page_url: visit.query.get('page_url') ?? '' } };
  return show(said, shownRows(rows), null, { lost: drafts.length < ids.length });
}

/** What was wrong with the form as a whole: it comes back with every row. */
export const severalAgain = (visit: MemberVisit, refusal: Refusal): Promise<Answer> =>
  show(visit, shownRows(withPicture(rowsOf(visit.form))), refusal);

const shownRows = (rows: readonly Row[]) => rows.map((row, index) => rowShown(row, index + 1));

async function show(
  visit: MemberVisit,
  rows: readonly RowShown[],
  refusal: Refusal | null,
  { status = 200, lost = false } = {},
) {
  // Lines that became rows are not typed twice; what is wrong with the lines is mended among the lines.
  const lines = refusal?.field === 'urls';
  const locals = {
    rows: lines ? rows.filter(({ line }) => !line) : rows,
    urls: lines ? typed(visit.form, 'urls') : '',
    form: sharedShown(visit),
    boards: await offeredBoards(visit),
    errors: { ...errorsOf(refusal), ...Object.assign({}, ...rows.map(({ errors }) => errors)) },
    max: MAX_PICKS,
    lost,
    blank: rowShown({ number: 0, fields: {} }, 0),
  };
  return page('images/several', locals, { title: say('several.heading'), policy: 'preview', status });
}

/** POST /save: every row is saved or refused by itself; or, by a button of its page, the list is shown in another order. */
export async function saveSeveral(visit: MemberVisit): Promise<Answer> {
  const { form, wantsJson } = visit;
  const rows = wantsJson ? rowsOf(form) : withPicture(rowsOf(form));
  checkNumber(rows, form);
  const act = typed(form, 'act');
  if (act && !wantsJson) return lookAgain(visit, rearranged(rows, act));
  // What is wrong with what is said of all would be wrong with each.
  await boardOfForm(visit, readForm(createForm, sharedOf(form)));
  const results = await saveRows(visit, rows);
  const saved = results.filter(isSaved).length;
  if (wantsJson || saved === results.length) return allSaved(visit, results, saved);
  const left = results.filter((result) => !isSaved(result));
  if (saved > 0) visit.say('done', 'several.said_saved', { count: saved });
  return show(
    visit,
    left.map((result, index) => rowShown(result.row, index + 1, result)),
    null,
    { status: 422 },
  );
}

function allSaved(visit: MemberVisit, results: readonly Result[], saved: number): Answer {
  visit.say('done', 'several.said_saved', { count: saved });
  const path = `/people/${encodeURIComponent(visit.member.username)}`;
  return seeOther(path, { status: 200, body: { results: results.map(resultJson) } });
}

function resultJson(result: Result) {
  if (isSaved(result)) return { image: imageJson(result.image) };
  const { refusal, alike } = result;
  return {
    error: refusalJson(refusal).error,
    images: alike.map(imageJson),
    ...(leadsToPage(refusal) ? { find: FIND } : {}),
  };
}

/** Nothing was saved, so it counts as nothing. */
async function lookAgain(visit: MemberVisit, rows: readonly Row[]): Promise<Answer> {
  await visit.site.limits.giveBack('save', countedAs(visit.member, visit.device.address));
  return show(visit, shownRows(rows), null);
}
