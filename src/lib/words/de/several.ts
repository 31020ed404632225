import type { severalWords as english } from '../en/several.ts';
import type { Phrase } from '../index.ts';

export const severalWords: Record<keyof typeof english, Phrase> = {
  'several.heading': 'Mehrere Bilder speichern',
  'several.lead': 'Sieh sie durch, sag, was für alle oder für eines gilt, und speichere sie zusammen.',
  'several.link': 'Mehrere Adressen auf einmal',
  'several.none': 'Gib die Adresse von mindestens einem Bild ein.',
  'several.too_many':
    'In ein Formular passen höchstens {max}\u00a0Bilder, und hier sind {count}. Bitte speichere die übrigen in einem zweiten.',
  'several.no_address': 'Hier fehlt eine Adresse.',
  'several.urls': 'Adressen, eine pro Zeile',
  'several.more': 'Weitere Adressen, eine pro Zeile',
  'several.urls.hint':
    'Insgesamt bis zu 200. Die der Bilder selbst: Klick eines mit rechts an und wähle „Bildadresse kopieren“.',
  'several.look': 'Erst durchsehen',
  'several.add': 'Zur Liste hinzufügen',
  'several.save': 'Alle speichern',
  'several.all': 'Für alle',
  'several.all.hint': 'Was bei einem Bild selbst steht, geht vor.',
  'several.rows': 'Die Bilder',
  'several.row': 'Bild {n}',
  'several.url': 'Adresse',
  'several.own': 'Nur für dieses',
  'several.as_all': 'Wie für alle',
  'several.up': 'Nach oben',
  'several.down': 'Nach unten',
  'several.drop': 'Entfernen',
  'several.up.which': 'Bild {n}: nach oben',
  'several.down.which': 'Bild {n}: nach unten',
  'several.drop.which': 'Bild {n}: entfernen',
  'several.alike': 'Es sieht aus wie eines, das du hast. Was soll geschehen?',
  'several.same': 'Genau dieses Bild hast du schon. Was soll geschehen?',
  'several.alike.keep': 'Beide behalten',
  'several.nopin.private':
    'Seine Seite bittet darum, ihre Bilder nicht weiterzugeben: Du kannst es nur für dich allein speichern.',
  'several.nopin.ask':
    'Seine Seite bittet darum, ihre Bilder nicht weiterzugeben: Es wird nur für dich allein gespeichert, wenn du nichts anderes wählst.',
  'several.said_saved': { one: '{count}\u00a0Bild ist gespeichert.', other: '{count}\u00a0Bilder sind gespeichert.' },
  'several.waiting': 'Wartet, bis es dran ist\u00a0…',
  'several.saving': 'Wird gespeichert\u00a0…',
  'several.saved': 'Gespeichert:',
  'several.again': 'Die Website antwortet nicht. Neuer Versuch in {seconds}\u00a0Sekunden; nichts geht verloren.',
  'several.stopped': 'Die Website antwortet nicht. Alles ist noch da, auch wenn du diese Seite neu lädst.',
  'several.signed_out': 'Du bist abgemeldet. Melde dich wieder an: Alles hier wartet auf dich.',
  'several.sign_in': 'Anmelden',
  'several.over': 'Alle sind gespeichert.',
  'several.some': 'Was sich nicht speichern ließ, bleibt mit dem Grund in der Liste.',
  'several.yours': 'Zu deinen Bildern',
  'several.strange':
    'Die Website gab eine Antwort, die wir nicht verstehen. Alles ist noch da: Bitte versuch es gleich noch einmal.',
  'several.lost':
    'Einige der ausgesuchten Bilder kamen nicht an: Ihre Liste wurde unterwegs gekürzt oder enthielt mehr als 200.',
  'several.damaged': 'Die Liste der ausgesuchten Bilder wurde unterwegs beschädigt. Bitte such sie noch einmal aus.',
  'several.pause': 'Anhalten',

  'find.link': 'Die Bilder dieser Seite zeigen',
  'several.noai': 'Seine Seite bittet darum, mit ihren Bildern keine Maschinen zu trainieren.',
  'several.noindex': 'Seine Seite bittet darum, dass Suchmaschinen ihre Bilder nicht zeigen.',
  'several.file': 'Geteilte Datei',
  'several.draft_gone':
    'Diese Datei wartet nicht mehr: Geteilte Dateien werden einen Tag lang aufgehoben. Bitte teil sie noch einmal.',
};
