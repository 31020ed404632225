import type { firstWords as english } from '../en/first.ts';
import type { Phrase } from '../index.ts';

/** The first steps of whoever has just joined. */
export const firstWords: Record<keyof typeof english, Phrase> = {
  'first.heading': 'Deine ersten drei Schritte',
  'first.tool': 'Nimm Bowerbird mit ins Netz',
  'first.try': 'Probier es auf einer Beispielseite aus',
  'first.picture': 'Behalte ein erstes Bild',
  'first.picture.words':
    'Von deinem Gerät, von einer Adresse oder viele auf einmal. Was du hier auf irgendeiner Seite fallen lässt, wird auch gespeichert.',
  'first.people': 'Sieh, was andere behalten',
  'first.people.words': 'Wem du folgst, füllt diese Seite: was gespeichert wird, gefällt und auf Boards kommt.',
  'example.heading': 'Probier das Bookmarklet hier aus',
  'example.lead': 'Eine Seite wie jede andere im Netz, mit drei Bildern, die behalten werden wollen.',
  'example.1': 'Klick jetzt auf dein Lesezeichen „Save to Bowerbird“. Die Bilder dieser Seite werden ausgebreitet.',
  'example.2': 'Klick auf eines davon, und das Formular öffnet sich, schon ausgefüllt.',
  'example.3': 'Drück auf „Speichern“. Das ist alles; auf jeder anderen Seite geht es genauso.',
  'example.trouble': 'Nichts ist geschehen? Schritt für Schritt, für deinen Browser',
  'example.feather': 'Eine blaue Feder',
  'example.berries': 'Blaue Beeren zwischen Blättern',
  'example.caps': 'Drei blaue Flaschendeckel auf Zweigen',
  'bookmarklet.chrome.figure': 'Der Knopf wird in die Lesezeichenleiste unter der Adresse gezogen',
  'bookmarklet.firefox.figure': 'Der Knopf wird in die Lesezeichen-Symbolleiste unter der Adresse gezogen',
  'bookmarklet.safari.figure': 'Der Knopf wird in die Favoritenleiste unter der Adresse gezogen',
  'bookmarklet.phone.figure': 'Ein Bild wird auf einer Seite kopiert und in das Formular eingefügt',
};
