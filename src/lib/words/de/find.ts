import type { findWords as english } from '../en/find.ts';
import type { Phrase } from '../index.ts';

/** The pictures of a page, found from its address. */
export const findWords: Record<keyof typeof english, Phrase> = {
  'find.heading': 'Bilder einer Seite',
  'find.lead':
    'Gib die Adresse einer Seite ein und such unter ihren Bildern aus. In einem Browser sieht das Bookmarklet mehr: was Skripte zeigen und was man nur angemeldet sieht.',
  'find.url': 'Adresse der Seite',
  'find.look': 'Bilder suchen',
  'find.count': { one: '{count}\u00a0Bild', other: '{count}\u00a0Bilder' },
  'find.nameless': 'Bild {n}',
  'find.size_unknown': 'Größe noch nicht bekannt',
  'find.noai': 'Die Seite bittet darum, mit ihren Bildern keine Maschinen zu trainieren.',
  'find.untold': 'Noch ist nichts gespeichert: Was du anhakst, siehst du erst durch. Ohne Haken sind es alle.',
  'find.choose': 'Angehakte durchsehen',
  'find.unreachable':
    'Diese Adresse war von hier aus nicht zu erreichen. Wenn du die Seite in deinem Browser siehst, klick dort das Bookmarklet an.',
  'find.http_status':
    'Die Website antwortete mit {status} statt mit der Seite. Wenn du sie in deinem Browser siehst, klick dort das Bookmarklet an.',
  'find.too_large': 'Diese Seite ist größer als alle, die wir durchsehen.',
  'find.too_slow': 'Die Seite kam zu langsam. Darum haben wir aufgehört. Bitte versuch es später noch einmal.',
  'find.broken_off': 'Die Verbindung brach ab, bevor die ganze Seite da war. Bitte versuch es noch einmal.',
  'find.not_a_page': 'Diese Adresse führt zu keiner Seite. Wenn sie zu einem Bild führt, speichere es für sich.',
  'find.none':
    'Im Quelltext dieser Seite steht kein Bild. Vielleicht zeigen Skripte welche: Versuch dort das Bookmarklet.',
  'find.larger': 'vielleicht größer als {width}\u00a0×\u00a0{height}',
};
