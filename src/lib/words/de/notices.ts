import type { noticeWords as english } from '../en/notices.ts';
import type { Phrase } from '../index.ts';

/** What members are told. */
export const noticeWords: Record<keyof typeof english, Phrase> = {
  'nav.notices': 'Mitteilungen',
  'notices.heading': 'Mitteilungen',
  'notices.empty': 'Noch nichts mitzuteilen',
  'notices.empty.words':
    'Wenn ein Bild von dir jemandem gefällt oder kommentiert wird, wenn dir jemand folgt oder dich nennt, steht es hier.',
  'notices.read': 'Alle als gelesen markieren',
  'notices.new': 'Neu:',
  'notices.settings': 'Was dir mitgeteilt wird',
  'notices.settings.lead': 'Was du selbst tust und was du nicht sehen darfst, wird nie mitgeteilt.',
  'notices.settings.save': 'Speichern',
  'notices.settings.saved': 'Gespeichert, was dir mitgeteilt wird.',
  'notices.stop': 'Keine Mails mehr',
  'notices.stop.lead':
    'Was dir per Mail mitgeteilt wird, steht von jetzt an nur noch auf der Website. Sonst ändert sich nichts.',
  'notices.stop.button': 'Mails abbestellen',
  'notices.stop.done': 'Du bekommst keine Mails darüber, was andere tun. Auf der Website steht es weiter wie bisher.',
  'notices.upto': 'Hier muss die Nummer einer Mitteilung stehen.',
  'notices.others': { one: '{count} weiteres Mitglied', other: '{count} weitere Mitglieder' },
  'notices.and': ' und ',
  'notices.of': '{did} „{title}“',
  'notices.did.liked': { one: 'mag', other: 'mögen' },
  'notices.did.commented': { one: 'kommentiert', other: 'kommentieren' },
  'notices.did.mentioned': { one: 'nennt dich unter', other: 'nennen dich unter' },
  'notices.did.followed': { one: 'folgt dir jetzt.', other: 'folgen dir jetzt.' },
  'notices.did.kept': { one: 'hat jetzt auch', other: 'haben jetzt auch' },
  'notices.kind.liked': 'Ein Bild von dir gefällt jemandem',
  'notices.kind.commented': 'Jemand kommentiert ein Bild von dir',
  'notices.kind.mentioned': 'Jemand nennt dich in einem Kommentar',
  'notices.kind.followed': 'Jemand folgt dir',
  'notices.kind.kept': 'Jemand speichert ein Bild von dir bei den eigenen',
  'notices.way.site': 'Auf der Website',
  'notices.way.now': 'Auf der Website und sofort per Mail',
  'notices.way.daily': 'Auf der Website und einmal am Tag in einer Mail',
  'notices.way.never': 'Nie',
};
