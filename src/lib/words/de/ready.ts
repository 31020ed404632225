import type { readyWords as english } from '../en/ready.ts';
import type { Phrase } from '../index.ts';

/** What /readyz says to the operator, in German. */
export const readyWords: Record<keyof typeof english, Phrase> = {
  'ready.ok': 'gut',
  'ready.away': 'antwortet nicht: Das Protokoll sagt, warum',
  'ready.queue': '{waiting} fällig (die älteste seit {oldest}\u00a0s), {dead} aufgegeben',
  'ready.disk': '{free} frei',
  'ready.disk_scarce': 'nur noch {free} frei: Schaff jetzt Platz',
  'ready.wakes_away': 'antwortet nicht: Die Arbeitsprozesse sehen selbst nach Aufgaben',
  'ready.cache_away': 'antwortet nicht: Grenzen werden ohne ihn gezählt, Seiten von jedem Prozess selbst aufgehoben',
};
