import type { keyWords as english } from '../en/keys.ts';
import type { Phrase } from '../index.ts';

/** What single keys do. */
export const keyWords: Record<keyof typeof english, Phrase> = {
  'keys.heading': 'Tasten',
  'keys.link': 'Tasten',
  'keys.or': ' oder ',
  'keys.walk': 'Das nächste Bild oder das vorige',
  'keys.open': 'Groß öffnen',
  'keys.arrows': 'Zum vorigen oder nächsten blättern',
  'keys.back': 'Zurück zur Liste',
  'keys.like': 'Gefällt mir, oder nicht mehr',
  'keys.save': 'Zu deinen speichern',
  'keys.board': 'Auf ein Board tun',
  'keys.search': 'Suchen',
  'keys.help': 'Diese Liste',
  'keys.setting': 'Einzelne Buchstaben tun das hier',
  'keys.setting.hint': 'Ist es aus, wirken nur Eingabetaste, Escape und die Pfeile. Das merkt sich nur dieser Browser.',
  'keys.liked': 'Gefällt dir',
  'keys.unliked': 'Gefällt dir nicht mehr',
};
