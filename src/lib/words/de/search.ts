import type { searchWords as english } from '../en/search.ts';
import type { Phrase } from '../index.ts';

export const searchWords: Record<keyof typeof english, Phrase> = {
  'nav.search': 'Suche',
  'search.heading': 'Suche',
  'search.of': 'Suche: {q}',
  'search.label': 'Was suchst du?',
  'search.go': 'Suchen',
  'search.found': 'Was gefunden wurde',
  'search.lead':
    'Wörter aus Titel, Schlagwörtern, Bildunterschrift, Beschreibung, Website, Urheberangabe oder Kommentaren.',
  'search.none': 'Nichts gefunden',
  'search.none.words':
    'Kein Bild, das du sehen darfst, hat all das. Lass ein Wort weg oder versuch nur den Anfang davon: brü*',
  'search.meant': 'Meintest du',
  'search.end': 'Das ist alles',
  'search.end.words': 'Mehr Bilder wurden nicht gefunden.',
  'search.how': 'Nach mehr als Wörtern suchen',
  'search.how.phrase': 'Diese Wörter, eines nach dem anderen',
  'search.how.prefix': 'Wörter, die so beginnen',
  'search.how.minus': 'Lässt weg, was dieses Wort hat; ein Minus kann auch vor den anderen stehen',
  'search.how.tag': 'Mit diesem Schlagwort',
  'search.how.from': 'Auf dieser Website gefunden',
  'search.how.by': 'Von diesem Mitglied gespeichert',
  'search.how.color': 'Überwiegend in dieser Farbe: {choices}',
  'search.how.size': 'Längere Seite in Pixeln: mehr als so viele; < heißt weniger',
  'search.how.date': 'Vor oder seit einem Tag, einem Monat oder einem Jahr gespeichert',
  'search.how.kind': 'Unbewegt oder animiert, oder ein Format: {choices}',

  'search.too_long': 'Eine Suche darf höchstens {max}\u00a0Zeichen haben.',
  'search.too_many': 'Eine Suche darf höchstens {max}\u00a0Wörter haben.',
  'search.choice': 'Nach {name}: kommt eines davon: {choices}.',
  'search.size': 'Nach size: kommt eine Zahl von Pixeln, z.\u00a0B. size:>2000 oder size:<800.',
  'search.date':
    'Nach before: und after: kommt ein Tag, ein Monat oder ein Jahr, z.\u00a0B. 2026-03-31, 2026-03 oder 2026.',
  'search.minus':
    'Ein Minus geht nicht bei size:, before: und after:. Dreh stattdessen das Zeichen um oder tausche before: und after:.',
  'search.page':
    'Diese Bilder sind nicht gezählt. Darum haben sie keine nummerierten Seiten. Lies mit „Weiter“ weiter.',

  'similar.heading': 'Sieht ähnlich aus',
  'similar.of': 'Bilder, die „{title}“ ähnlich sehen',
  'similar.none': 'Nichts sieht so aus',
  'similar.none.words': 'Unter dem, was du sehen darfst, gibt es noch kein anderes Bild von dieser Form oder Farbe.',
  'similar.how': 'Nach Form und Farbe, die ähnlichsten zuerst, unter den neuesten, die in Frage kommen.',
  'similar.colour': 'Alle mit dieser Hauptfarbe: {colour}',
  'similar.back': 'Zurück zum Bild',
};
