import type { Context } from 'koa';
import { isWordKey, say, type Params, type Said, type WordKey } from '../../lib/words/index.ts';

export interface Note {
  kind: 'done' | 'trouble';
  key: WordKey;
  params: Params;
}

const COOKIE = '__Host-note';
const OPTIONS = {
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
  path: '/',
  overwrite: true,
  signed: false,
} as const;

/** Leaves a message for the next page: in the session's row, or for a visitor the message's key in a cookie. */
export function leaveNote(ctx: Context, note: Note) {
  if (ctx.session?.['account'])
    ctx.session['notes'] = withNote((ctx.session['notes'] as Note[] | undefined) ?? [], note);
  else ctx.cookies.set(COOKIE, `${note.kind}.${note.key}`, OPTIONS);
}

/** What is to be said already is not said twice: whoever saves ten images is told once that they are saved. */
function withNote(notes: readonly Note[], note: Note): Note[] {
  const same = JSON.stringify(note);
  return [...notes.filter((one) => JSON.stringify(one) !== same), note].slice(-5);
}

/** Whether a message waits: a visitor's in a cookie, or a member's in their session once that is known. */
export const hasNote = (ctx: Context): boolean =>
  ctx.cookies.get(COOKIE, { signed: false }) !== undefined || Boolean(ctx.session?.['notes']);

/** The messages for this page, in words; each is shown once. */
export function takeNotes(ctx: Context): { kind: string; text: Said }[] {
  if (ctx.method === 'HEAD') return [];
  const notes = [...noteOfVisitor(ctx), ...((ctx.session?.['notes'] as Note[] | undefined) ?? [])];
  if (ctx.session?.['notes']) delete ctx.session['notes'];
  return notes.map(({ kind, key, params }) => ({ kind, text: say(key, params) }));
}

function noteOfVisitor(ctx: Context): Note[] {
  const [kind, ...rest] = (ctx.cookies.get(COOKIE, { signed: false }) ?? '').split('.');
  if (!kind) return [];
  ctx.cookies.set(COOKIE, '', OPTIONS);
  const key = rest.join('.');
  return (kind === 'done' || kind === 'trouble') && isWordKey(key) ? [{ kind, key, params: {} }] : [];
}
