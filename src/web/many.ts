import { fromForm, manyForm, manyJson, type FromForm } from '../api/many.ts';
import { imageJson } from '../api/images.ts';
import { readForm } from '../api/read.ts';
import { findOwnBoard } from '../boards/index.ts';
import { Refusal } from '../errors.ts';
import { say } from '../lib/words/index.ts';
import {
  beginMany,
  changeMany,
  choosable,
  findMany,
  idsOf,
  MOST_AT_ONCE,
  undoMany,
  zipOf,
  type Choosable,
  type From,
  type Progress,
  type Value,
} from '../transfer/index.ts';
import { page, pouring, seeOther, type Answer } from './answer.ts';
import { card } from './cards.ts';
import { errorsOf, typed } from './fields.ts';
import { keyPager } from './lists.ts';
import { numberIn } from './params.ts';
import { offeredBoards } from './save-board.ts';
import type { MemberVisit } from './visit.ts';

const PATH = '/images/many';
/** So many are done while one waits. */
const AT_ONCE = 50;

/** GET /images/many: one's own images, to choose many of them. */
export async function choosePage(visit: MemberVisit, refusal: Refusal | null = null): Promise<Answer> {
  const { db, member, query, form } = visit;
  const asked = refusal ? form : Object.fromEntries(query);
  const from = readForm(fromForm, { list: typed(asked, 'list'), of: typed(asked, 'of'), q: typed(asked, 'q') });
  const after = refusal ? null : query.get('after');
  const found = await choosable(db, member.id, await fromOf(visit, from), after);
  const path = addressOf(from);
  const next = found.next === null ? null : `${path}${path.includes('?') ? '&' : '?'}after=${found.next}`;
  const locals = {
    ...shown(from, found, new Set(ticked(form))),
    pager: keyPager(path, after, next),
    menu: await offeredBoards(visit),
    typed: { tags: typed(form, 'tags') },
    errors: errorsOf(refusal),
    most: MOST_AT_ONCE,
  };
  const json = () => ({ images: found.images.map(imageJson), next, page: after === null ? 1 : null, pages: null });
  return page('images/many', locals, { title: say('many.heading'), json, status: refusal?.status ?? 200 });
}

export const chooseAgain = (visit: MemberVisit, refusal: Refusal) => choosePage(visit, refusal);

const ticked = (form: MemberVisit['form']): number[] => [form['ids'] ?? []].flat().map(Number);

const addressOf = ({ list, of, q }: FromForm) => {
  const said = { ...(list && list !== 'own' ? { list } : {}), ...(of ? { of } : {}), ...(q ? { q } : {}) };
  const query = new URLSearchParams(said).toString();
  return query ? `${PATH}?${query}` : PATH;
};

/** The list that a form names; a Refusal 422 where it names a board that is not theirs. */
async function fromOf({ db, member }: MemberVisit, { list = 'own', of, q }: FromForm): Promise<From> {
  if (list === 'board') return { list, board: (await findOwnBoard(db, member.id, of)).id };
  return list === 'search' ? { list, q } : { list };
}

function shown(from: FromForm, { images }: Choosable, chosen: ReadonlySet<number>) {
  const list = from.list ?? 'own';
  const names = ['own', 'private', 'bin'] as const;
  return {
    from: { list, of: from.of, q: from.q },
    lists: names.map((name) => ({
      href: addressOf({ list: name, of: '', q: '' }),
      words: say(`many.list.${name}`),
      current: name === list,
    })),
    where: list === 'search' ? say('many.of_search', { q: from.q }) : list === 'board' ? say('many.of_board') : null,
    bin: list === 'bin',
    images: images.map((image) => ({ ...card(image), ticked: chosen.has(image.id), binned: image.binnedAt !== null })),
  };
}

/** POST /images/many: does something to all that are chosen; few at once, more behind one's back. */
export async function change(visit: MemberVisit): Promise<Answer> {
  const { db, member, site } = visit;
  const form = readForm(manyForm, visit.form);
  if (!form.action) throw new Refusal(422, 'invalid', 'many.action', { field: 'action' });
  const ids = form.all ? await idsOf(db, member.id, await fromOf(visit, form)) : form.ids;
  if (form.action === 'zip')
    return pouring('application/zip', await zipOf(db, site.storage, member.id, ids), `bowerbird-${ids.length}.zip`);
  const value = await valueOf(visit, form.action, form);
  const id = await beginMany(db, { ownerId: member.id, action: form.action, value, ids });
  if (ids.length <= AT_ONCE) await changeMany(db, id, site.nopin);
  site.wake();
  return answerOf(await findMany(db, member.id, id));
}

async function valueOf(
  { db, member }: MemberVisit,
  action: string,
  { tags, board }: { tags: string[]; board: string },
): Promise<Value> {
  if (action === 'tag' || action === 'untag') {
    if (tags.length === 0) throw new Refusal(422, 'invalid', 'many.tags', { field: 'tags' });
    return { tags };
  }
  if (action !== 'file' && action !== 'unfile') return {};
  if (!board) throw new Refusal(422, 'invalid', 'many.board', { field: 'board' });
  return { board: (await findOwnBoard(db, member.id, board)).id };
}

function answerOf(many: Progress): Answer {
  const over = many.state === 'done' || many.state === 'undone';
  return seeOther(`${PATH}/${many.id}`, { status: over ? 200 : 202, body: { many: manyJson(many) } });
}

/** GET /images/many/ID: how far it is, and the way back. */
export async function progress(visit: MemberVisit): Promise<Answer> {
  const many = await findMany(visit.db, visit.member.id, numberIn(visit, 'id'));
  const notes = (['same', 'refused', 'others', 'kept'] as const).filter((name) => many[name] > 0);
  const locals = {
    many,
    going: many.state === 'doing' || many.state === 'undoing',
    said: say(many.state === 'undone' ? 'many.undone' : `many.did.${many.action}`, {
      count: many.state === 'undone' ? many.undone : many.changed,
    }),
    notes: notes.map((name) => say(`many.${name}`, { count: many[name] })),
    canUndo: many.state === 'done' && many.changed > 0 && many.undoUntil > Date.now(),
    href: `${PATH}/${many.id}`,
  };
  return page('images/many-progress', locals, { title: say('many.heading'), json: () => ({ many: manyJson(many) }) });
}

/** POST /images/many/ID/undo */
export async function undo(visit: MemberVisit): Promise<Answer> {
  const { db, member, site } = visit;
  const id = numberIn(visit, 'id');
  await undoMany(db, member.id, id);
  const before = await findMany(db, member.id, id);
  if (before.changed <= AT_ONCE) await changeMany(db, id, site.nopin);
  site.wake();
  return answerOf(await findMany(db, member.id, id));
}
