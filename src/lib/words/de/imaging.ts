import type { imagingWords as english } from '../en/imaging.ts';
import type { Phrase } from '../index.ts';

/** What people read when their picture cannot be taken, in German. Each sentence names what it is and what they can do. */
export const imagingWords: Record<keyof typeof english, Phrase> = {
  'imaging.is_empty':
    'Diese Datei ist leer. Wähl das Bild noch einmal aus, oder speichere es neu von dort, wo es herkommt.',
  'imaging.is_html':
    'Das ist eine Webseite, kein Bild. Öffne das Bild für sich und nimm seine eigene Adresse, oder speichere das Bild und lade die Datei hoch.',
  'imaging.is_svg':
    'Das ist eine SVG-Zeichnung, die hier nicht aufbewahrt werden kann. Exportiere sie als PNG oder WebP und speichere das.',
  'imaging.is_pdf':
    'Das ist ein PDF-Dokument, kein Bild. Speichere die Seite, die du willst, als JPEG oder PNG, oder mach ein Bildschirmfoto davon.',
  'imaging.is_heic':
    'Das ist ein HEIC-Foto, das die meisten Browser nicht zeigen können. Exportiere es als JPEG (Telefone bieten das beim Teilen an: „maximal kompatibel“).',
  'imaging.is_tiff': 'Das ist ein TIFF-Bild, das Browser nicht zeigen können. Exportiere es als JPEG, PNG oder WebP.',
  'imaging.is_bmp': 'Das ist ein BMP-Bild, das hier nicht aufbewahrt werden kann. Exportiere es als PNG oder JPEG.',
  'imaging.is_ico': 'Das ist eine Symboldatei (ICO), die hier nicht aufbewahrt werden kann. Exportiere sie als PNG.',
  'imaging.is_jxl':
    'Das ist ein JPEG-XL-Bild, das die meisten Browser nicht zeigen können. Exportiere es als JPEG, PNG oder WebP.',
  'imaging.is_jp2':
    'Das ist ein JPEG-2000-Bild, das Browser nicht zeigen können. Exportiere es als JPEG, PNG oder WebP.',
  'imaging.is_psd': 'Das ist ein Photoshop-Dokument. Exportiere es als JPEG, PNG oder WebP.',
  'imaging.is_eps': 'Das ist eine PostScript-Zeichnung. Exportiere sie als PNG oder WebP und speichere das.',
  'imaging.is_other':
    'Das ist eine Art von Bild, die Browser nicht zeigen können. Exportiere es als JPEG, PNG oder WebP.',
  'imaging.is_video':
    'Das ist ein Video, kein Bild. Speichere ein Standbild daraus, oder eine Animation als GIF oder WebP.',
  'imaging.is_audio': 'Das ist eine Tondatei, kein Bild.',
  'imaging.is_zip':
    'Das ist ein ZIP-Archiv (oder ein Dokument, das innen eines ist). Entpack es und speichere die Bilder darin.',
  'imaging.is_archive': 'Das ist ein komprimiertes Archiv. Entpack es und speichere die Bilder darin.',
  'imaging.is_font':
    'Das ist eine Schrift, kein Bild. Ein Bildschirmfoto ihrer Buchstaben kann hier aufbewahrt werden.',
  'imaging.is_text': 'Das ist Text, kein Bild. Bilder können JPEG, PNG, GIF, WebP oder AVIF sein.',
  'imaging.is_unknown':
    'Bilder dieser Art können hier nicht aufbewahrt werden. Mit JPEG, PNG, GIF, WebP und AVIF geht es.',

  'imaging.too_small':
    'Dieses Bild hat {width}\u00a0×\u00a0{height} Pixel; angenommen werden Bilder ab {min_width}\u00a0×\u00a0{min_height}. Such eine größere Kopie davon.',
  'imaging.too_many_pixels':
    'Dieses Bild hat {width}\u00a0×\u00a0{height} Pixel, zusammen {megapixels}\u00a0Millionen; angenommen werden höchstens {limit}\u00a0Millionen. Mit einer kleineren Kopie geht es.',
  'imaging.too_many_pixels_of_kind':
    'Dieses Bild hat {width}\u00a0×\u00a0{height} Pixel, zusammen {megapixels}\u00a0Millionen; von seiner Art ({kind}) werden höchstens {limit}\u00a0Millionen angenommen. Mit einer kleineren Kopie geht es, oder mit demselben Bild als gewöhnlichem JPEG.',
  'imaging.side_too_long':
    'Dieses Bild hat {width}\u00a0×\u00a0{height} Pixel; keine Seite darf länger sein als {limit}. Mit einer kleineren Kopie oder einem Ausschnitt geht es.',
  'imaging.too_many_frames':
    'Diese Animation hat {frames} Einzelbilder; angenommen werden höchstens {limit}. Mit einem kürzeren Ausschnitt geht es.',
  'imaging.too_many_frame_pixels':
    'Diese Animation hat {frames} Einzelbilder von {width}\u00a0×\u00a0{height}, zusammen {megapixels}\u00a0Millionen Pixel; angenommen werden höchstens {limit}\u00a0Millionen. Mit einer kürzeren oder kleineren Kopie geht es.',
  'imaging.too_heavy':
    'Dieses Bild braucht mehr Arbeitsspeicher, als ein Bild hier haben darf. Mit einer kleineren Kopie geht es, oder mit demselben Bild als gewöhnlichem JPEG.',
  'imaging.broken':
    'Dieses Bild ist beschädigt oder unvollständig: Sein Anfang ist da, aber nicht alles lässt sich lesen. Speichere es neu von dort, wo es herkommt.',
  'imaging.unprocessable':
    'Dieses Bild lässt sich hier nicht verarbeiten. Vielleicht ist es beschädigt, oder es braucht mehr Arbeitsspeicher, als ein Bild haben darf; mit einer kleineren Kopie, als JPEG gespeichert, geht es vielleicht.',
  'imaging.gives_up':
    'Dieses Bild lässt sich hier nicht verarbeiten. Mit einer anderen Kopie, oder neu als JPEG oder PNG gespeichert, geht es vielleicht.',
  'imaging.busy': 'Gerade werden sehr viele Bilder aufgenommen. Bitte versuch es in einer Minute noch einmal.',
  'imaging.none_starts':
    'Bilder können gerade nicht geprüft werden. Nichts wurde gespeichert, und mit diesem ist alles in Ordnung: Bitte versuch es in einer Minute noch einmal.',
};
