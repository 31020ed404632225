import type { Params, WordKey } from '../lib/words/index.ts';

/** What was looked at, how it is, and where it is not well what to do. */
export interface Finding {
  state: 'ok' | 'note' | 'wrong';
  said: WordKey;
  params?: Params;
}

export const ok = (said: WordKey, params: Params = {}): Finding => ({ state: 'ok', said, params });
/** Something to know, that keeps nobody from working. */
export const note = (said: WordKey, params: Params = {}): Finding => ({ state: 'note', said, params });
export const wrong = (said: WordKey, params: Params = {}): Finding => ({ state: 'wrong', said, params });

/** Why something could not be done, in a word: the system's code, or what the error says first. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return String(code ?? message ?? error).split('\n')[0] ?? '';
};
