import type { startWords as english } from '../en/start.ts';
import type { Phrase } from '../index.ts';

/** What the terminal says when the site starts, in German; what comes after the colons stands in one column. */
export const startWords: Record<keyof typeof english, Phrase> = {
  'start.at': 'Bowerbird ist da: {url}',
  'start.join': 'Hier registrieren:       {url}',
  'start.authority': 'Zertifizierungsstelle:   {path}',
  'start.trust': 'Ihr einmal vertrauen:    npm run trust',
  'start.data': 'Alles liegt in:          {path}',
  'start.mail': 'Mails landen in:         {path}',
  'start.in_use':
    'DATA_DIR: Ein anderer Bowerbird-Prozess arbeitet schon mit der Datenbank in {path}. Bitte halte ihn erst an; mehrere zugleich brauchen PostgreSQL (DATABASE_URL).',
  'start.old_node':
    'Diese Version von Node bekommt keine Sicherheitskorrekturen mehr: Bitte wechsle zur aktuellen LTS-Version.',
  'start.damaged':
    'Die Datenbank {path} ist beschädigt: {damage}. Nichts wurde geändert. Bitte stell die neueste Sicherung wieder her („Backups“ in docs/operators.md).',
  'start.log_gone':
    '{path}-wal ist nicht da, {path}-shm aber schon: Wer sie weggenommen hat, hat mitgenommen, was zuletzt gespeichert wurde. Bitte bring sie zurück. Um trotzdem ohne sie zu starten, entfern {path}-shm.',
};
