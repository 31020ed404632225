import type { trayWords as english } from '../en/tray.ts';
import type { Phrase } from '../index.ts';

/** What is saved from anywhere on the site. */
export const trayWords: Record<keyof typeof english, Phrase> = {
  'tray.heading': 'Speichern',
  'tray.open': 'Von hier aus speichern',
  'tray.count': '{n} von {count} fertig',
  'tray.clear': 'Fertige wegräumen',
  'tray.files': 'Dateien',
  'tray.progress': 'Wie viel davon gesendet ist',
  'tray.waiting': 'Wartet, bis es dran ist',
  'tray.working': 'Die Website sieht es sich an',
  'tray.saved': 'Gespeichert',
  'tray.offline': 'Keine Antwort. Es wird von selbst noch einmal versucht.',
  'tray.signed_out': 'Du bist abgemeldet. Es wartet hier, bis du dich wieder angemeldet hast.',
  'tray.look': 'Ansehen',
  'tray.again': 'Noch einmal versuchen',
  'tray.remove': 'Von dieser Liste nehmen',
};
