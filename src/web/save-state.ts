import { imageJson } from '../api/images.ts';
import { refusalJson } from '../api/refusals.ts';
import { notFound, Refusal } from '../errors.ts';
import { findImage, savedBefore } from '../images/index.ts';
import { saveBell } from '../lib/bells.ts';
import { following, type Look } from './answer.ts';
import type { SaveState } from './saves.ts';
import type { MemberVisit } from './visit.ts';

/** Places in a line and bytes ring no bell. */
const LOOK_EVERY_MS = 500;

/** GET /images/create/state?once=KEY: how far the save of that form is, for whoever sent it. */
export function saveState(visit: MemberVisit) {
  const { site, member, query } = visit;
  const key = query.get('once') ?? '';
  return following('save', saveBell(member.id, key), LOOK_EVERY_MS, async () => {
    const now = site.saves.find(member.id, key) ?? (await savedState(visit, key));
    if (!now) throw notFound();
    return lookOf(visit, now);
  });
}

/** What another process has saved, or this one before it was started again. */
async function savedState({ db, member }: MemberVisit, key: string): Promise<SaveState | null> {
  const image = key.isWellFormed() && !key.includes('\0') ? await savedBefore(db, member.id, key) : null;
  return image === null ? null : { state: 'saved', image };
}

async function lookOf(visit: MemberVisit, now: SaveState): Promise<Look> {
  const save = { state: now.state, place: null, bytes: null, total: null, image: null, error: null };
  if (now.state === 'waiting') return still({ ...save, place: now.place() });
  if (now.state === 'receiving' || now.state === 'fetching')
    return still({ ...save, bytes: now.bytes, total: now.total });
  if (now.state === 'refused')
    return { json: { save: { ...save, error: refusalJson(now.refusal).error } }, over: true };
  if (now.state === 'saved') return { json: { save: { ...save, image: await imageOf(visit, now.image) } }, over: true };
  return still(save);
}

const still = (save: object): Look => ({ json: { save }, over: false });

/** Null where it was deleted a moment ago. */
const imageOf = async ({ db, reader }: MemberVisit, id: number) =>
  findImage(db, reader, id).then(imageJson, (error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
