import type { rankingWords as english } from '../en/ranking.ts';
import type { Phrase } from '../index.ts';

/** What is most looked at. */
export const rankingWords: Record<keyof typeof english, Phrase> = {
  'nav.ranking': 'Meistgesehen',
  'ranking.heading': 'Meistgesehen',
  'ranking.label': 'Seit wann',
  'ranking.day': 'Heute',
  'ranking.week': 'Die letzten 7\u00a0Tage',
  'ranking.month': 'Die letzten 30\u00a0Tage',
  'ranking.ever': 'Seit Beginn',
  'ranking.empty': 'Noch nichts gezählt',
  'ranking.empty.words': 'Was angesehen wird, steht ein paar Minuten später hier.',
  'ranking.how': 'Wer ein Bild ansieht, zählt einmal am Tag; wem es gehört, zählt nie. Die Tage sind die der UTC.',
  'ranking.counted': 'Gezählt am',
  'ranking.unknown': 'Eine Rangliste gilt für den Tag, die Woche, den Monat oder seit Beginn.',
  'image.views': { one: '{count}\u00a0Mal angesehen', other: '{count}\u00a0Mal angesehen' },
};
