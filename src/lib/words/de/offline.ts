import type { offlineWords as english } from '../en/offline.ts';
import type { Phrase } from '../index.ts';

/** What is said where there is no line. */
export const offlineWords: Record<keyof typeof english, Phrase> = {
  'offline.heading': 'Keine Verbindung',
  'offline.words':
    'Diese Seite muss von der Website kommen, die gerade nicht antwortet. Versuch es noch einmal, wenn du verbunden bist.',
  'offline.last': 'Der Feed, wie du ihn zuletzt gesehen hast',
  'offline.feed': 'Die Website antwortet gerade nicht. Das ist der Feed, wie du ihn zuletzt gesehen hast.',
};
