import type { manyWords as english } from '../en/many.ts';
import type { Phrase } from '../index.ts';

/** Many images at once. */
export const manyWords: Record<keyof typeof english, Phrase> = {
  'many.heading': 'Viele auf einmal',
  'many.lead':
    'Wähle Bilder mit einem Klick aus; mit Umschalt alle zwischen zweien. Dann sag, was mit ihnen geschehen soll.',
  'many.select': 'Auswählen',
  'many.list': 'Auswählen aus',
  'many.list.own': 'Alle deine Bilder',
  'many.list.private': 'Nur für dich sichtbar',
  'many.list.bin': 'Der Papierkorb',
  'many.of_search': 'Deine, die „{q}“ findet',
  'many.of_board': 'Deine auf diesem Board',
  'many.empty': 'Nichts zum Auswählen',
  'many.empty.words': 'Hier stehen deine eigenen Bilder.',
  'many.choose': '„{title}“ auswählen',
  'many.all': 'Alle aus dieser Liste, auch die auf ihren anderen Seiten',
  'many.page': 'Alle auf dieser Seite',
  'many.chosen': '{n} ausgewählt',
  'many.do': 'Mit den ausgewählten',
  'many.see': 'Wer sie sehen darf',
  'many.see.public': 'Alle',
  'many.see.members': 'Mitglieder',
  'many.see.private': 'Nur ich',
  'many.name': 'Unter wessen Namen',
  'many.name.named': 'Unter meinem',
  'many.name.nameless': 'Anonym',
  'many.tag': 'Diese Schlagwörter hinzufügen',
  'many.untag': 'Diese Schlagwörter entfernen',
  'many.file': 'Auf das Board legen',
  'many.unfile': 'Vom Board nehmen',
  'many.delete': 'In den Papierkorb',
  'many.restore': 'Aus dem Papierkorb holen',
  'many.zip': 'Als ZIP herunterladen',
  'many.nothing': 'Noch kein Board',
  'many.back': 'Weitere auswählen',
  'many.undo': 'Rückgängig machen',
  'many.undo.until': 'Rückgängig zu machen bis',
  'many.doing': '{done} von {total} erledigt',
  'many.bar': 'Wie weit es ist',
  'many.look': 'Sehen, wie weit es ist',
  'many.leave': 'Du kannst diese Seite verlassen: Es geht von selbst weiter.',
  'many.undone': {
    one: '{count}\u00a0Bild ist, wie es vorher war.',
    other: '{count}\u00a0Bilder sind, wie sie vorher waren.',
  },
  'many.did.public': {
    one: '{count}\u00a0Bild dürfen jetzt alle sehen.',
    other: '{count}\u00a0Bilder dürfen jetzt alle sehen.',
  },
  'many.did.members': {
    one: '{count}\u00a0Bild dürfen jetzt die Mitglieder sehen.',
    other: '{count}\u00a0Bilder dürfen jetzt die Mitglieder sehen.',
  },
  'many.did.private': {
    one: '{count}\u00a0Bild siehst jetzt nur du.',
    other: '{count}\u00a0Bilder siehst jetzt nur du.',
  },
  'many.did.named': {
    one: '{count}\u00a0Bild zeigt jetzt deinen Namen.',
    other: '{count}\u00a0Bilder zeigen jetzt deinen Namen.',
  },
  'many.did.nameless': {
    one: '{count}\u00a0Bild zeigt deinen Namen nicht mehr.',
    other: '{count}\u00a0Bilder zeigen deinen Namen nicht mehr.',
  },
  'many.did.tag': {
    one: '{count}\u00a0Bild hat jetzt mehr Schlagwörter.',
    other: '{count}\u00a0Bilder haben jetzt mehr Schlagwörter.',
  },
  'many.did.untag': {
    one: '{count}\u00a0Bild hat jetzt weniger Schlagwörter.',
    other: '{count}\u00a0Bilder haben jetzt weniger Schlagwörter.',
  },
  'many.did.file': {
    one: '{count}\u00a0Bild ist jetzt auf dem Board.',
    other: '{count}\u00a0Bilder sind jetzt auf dem Board.',
  },
  'many.did.unfile': {
    one: '{count}\u00a0Bild ist nicht mehr auf dem Board.',
    other: '{count}\u00a0Bilder sind nicht mehr auf dem Board.',
  },
  'many.did.delete': {
    one: '{count}\u00a0Bild ist jetzt im Papierkorb.',
    other: '{count}\u00a0Bilder sind jetzt im Papierkorb.',
  },
  'many.did.restore': {
    one: '{count}\u00a0Bild ist nicht mehr im Papierkorb.',
    other: '{count}\u00a0Bilder sind nicht mehr im Papierkorb.',
  },
  'many.same': { one: 'Bei {count} war es schon so.', other: 'Bei {count} war es schon so.' },
  'many.refused': {
    one: '{count} lässt sich so nicht ändern und bleibt, wie es ist: Es liegt im Papierkorb, seine Seite bittet darum, dass es privat bleibt, oder es bekäme zu viele Schlagwörter.',
    other:
      '{count} lassen sich so nicht ändern und bleiben, wie sie sind: Sie liegen im Papierkorb, ihre Seiten bitten darum, dass sie privat bleiben, oder sie bekämen zu viele Schlagwörter.',
  },
  'many.others': {
    one: '{count} gehörte nicht dir oder ist nicht mehr da.',
    other: '{count} gehörten nicht dir oder sind nicht mehr da.',
  },
  'many.kept': {
    one: '{count} wurde seitdem noch einmal geändert und bleibt, wie es ist.',
    other: '{count} wurden seitdem noch einmal geändert und bleiben, wie sie sind.',
  },
  'many.none': 'Keines deiner Bilder ist ausgewählt. Wähle erst eines oder mehrere aus.',
  'many.too_many':
    'Höchstens {max}\u00a0Bilder lassen sich auf einmal ändern. Wähle weniger aus oder geh in mehreren Schritten vor.',
  'many.under_way': 'Drei solche Änderungen von dir laufen schon. Warte, bis eine fertig ist.',
  'many.not_yet': 'Das läuft noch. Rückgängig machen lässt es sich, wenn es fertig ist.',
  'many.over': 'Das ist mehr als einen Tag her und lässt sich nicht mehr auf einmal rückgängig machen.',
  'many.ids': 'Bilder werden mit ihren Nummern ausgewählt.',
  'many.action': 'Sag, was mit den Bildern geschehen soll.',
  'many.tags': 'Gib erst ein Schlagwort oder mehrere ein.',
  'many.board': 'Wähle erst ein Board aus.',
  'many.zip.too_many':
    'In eine ZIP-Datei passen höchstens {max}\u00a0Originale. Alle deine auf einmal gibt es unter „Deine Daten“.',
};
