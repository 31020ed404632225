import type { Readable } from 'node:stream';
import type { MediaFile } from '../images/index.ts';
import type { Said } from '../lib/words/index.ts';

/** What a handler answers; the edge prints it as a page or as JSON. */
export type Answer = Page | See | Bytes | Pouring | Text | Following;

export interface Page {
  kind: 'page';
  view: string;
  locals: Record<string, unknown>;
  status: number;
  title: Said | string | null;
  /** The same for a script; without it a script gets the page. */
  json?: (() => unknown) | undefined;
  /** `preview`: this page shows pictures from elsewhere before they are saved. `secret`: its address is told to nobody. */
  policy: 'strict' | 'preview' | 'secret';
  /** The image that whoever gets this looks at, where that counts as a view of it. */
  viewOf: number | null;
}

export interface See {
  kind: 'see';
  to: string;
  status: 301 | 303;
  json?: { status: number; body: unknown } | undefined;
}

export interface Bytes {
  kind: 'bytes';
  file: MediaFile;
  /** As an attachment of this name; inline without. */
  saveAs?: string | undefined;
}

/** Bytes that are made while they are sent: how many there will be nobody knows. */
export interface Pouring {
  kind: 'pouring';
  type: string;
  stream: Readable;
  saveAs: string;
}

export interface Text {
  kind: 'text';
  type: string;
  body: string;
  status: number;
  /** For whoever asks again: when it changed last, and whether it is the same for all. */
  kept?: { changedAt: number; open: boolean } | undefined;
}

/** Something that goes on: how it is, and whether it stays so. */
export interface Look {
  json: unknown;
  over: boolean;
}

export interface Following {
  kind: 'following';
  /** The name of its events. */
  event: string;
  /** What rings when it may have changed, and how often to look where nothing rings. */
  bell: string;
  everyMs: number;
  look(): Look | Promise<Look>;
}

interface PageOptions {
  title?: Said | string | null;
  status?: number;
  json?: () => unknown;
  policy?: Page['policy'];
  viewOf?: number | null;
}

/** A page: the view of that name with what it prints. */
export const page = (view: string, locals: Record<string, unknown>, options: PageOptions = {}): Page => ({
  kind: 'page',
  view,
  locals,
  title: options.title ?? null,
  status: options.status ?? 200,
  json: options.json,
  policy: options.policy ?? 'strict',
  viewOf: options.viewOf ?? null,
});

/** A page whose address holds a secret. */
export const secretPage = (view: string, locals: Record<string, unknown>, options: PageOptions): Page =>
  page(view, locals, { ...options, policy: 'secret' });

/** After a POST: 303 to another page; a script gets `body` under its own status. */
export const seeOther = (to: string, json?: { status: number; body: unknown }): See => ({
  kind: 'see',
  to,
  status: 303,
  json,
});

/** This thing has another address. */
export const movedTo = (to: string): See => ({ kind: 'see', to, status: 301 });

export const bytes = (file: MediaFile, saveAs?: string): Bytes => ({ kind: 'bytes', file, saveAs });

export const pouring = (type: string, stream: Readable, saveAs: string): Pouring => ({
  kind: 'pouring',
  type,
  stream,
  saveAs,
});

/** As JSON how it is now; for whoever wants events, how it goes on. */
export const following = (event: string, bell: string, everyMs: number, look: Following['look']): Following => ({
  kind: 'following',
  event,
  bell,
  everyMs,
  look,
});

export const text = (type: string, body: string, status = 200): Text => ({ kind: 'text', type, body, status });

/** A text that is asked for again and again: whoever has it as it is now is told so. */
export const keptText = (type: string, body: string, kept: NonNullable<Text['kept']>): Text => ({
  ...text(type, body),
  kept,
});
