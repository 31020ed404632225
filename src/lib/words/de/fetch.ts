import type { fetchWords as english } from '../en/fetch.ts';
import type { Phrase } from '../index.ts';

export const fetchWords: Record<keyof typeof english, Phrase> = {
  'fetch.bad_address':
    'Von dieser Adresse lässt sich kein Bild speichern: Sie muss mit http:// oder https:// beginnen und darf höchstens 8.000\u00a0Zeichen lang sein.',
  'fetch.credentials':
    'In dieser Adresse steht ein Name oder ein Passwort. Bitte nimm beides heraus, alles bis zum @, und versuch es noch einmal.',
  // One sentence for all that fails before an answer, so that nobody learns what lies behind an address.
  'fetch.unreachable':
    'Diese Adresse war von hier aus nicht zu erreichen. Wenn du das Bild in deinem Browser siehst, speichere oder kopiere es dort und zieh es stattdessen hierher oder füg es hier ein.',
  'fetch.http_status': 'Die Website mit diesem Bild antwortete mit {status} statt mit dem Bild.',
  'fetch.http_status_refused':
    'Die Website mit diesem Bild gibt es uns nicht (sie antwortete {status}): Vielleicht muss man dort angemeldet sein. Speichere oder kopiere es in deinem Browser und zieh es stattdessen hierher oder füg es hier ein.',
  'fetch.http_status_missing': 'Die Website mit diesem Bild sagt, dass es nicht da ist (sie antwortete {status}).',
  'fetch.http_status_busy':
    'Die Website mit diesem Bild weist gerade Besucher ab (sie antwortete {status}). Bitte versuch es später noch einmal.',
  'fetch.http_status_broken':
    'Die Website mit diesem Bild hat gerade Probleme (sie antwortete {status}). Bitte versuch es später noch einmal.',
  'fetch.redirects':
    'Die Website mit diesem Bild schickt uns endlos von einer Adresse zur nächsten (ihre letzte Antwort war {status}). Darum haben wir aufgehört.',
  'fetch.empty': 'An dieser Adresse war nichts: Die Antwort war leer.',
  'fetch.encoded':
    'Die Website sandte das Bild in einer gepackten Form ({encoding}), um die wir nicht gebeten hatten und die wir nicht öffnen.',
  'fetch.broken_off': 'Die Verbindung brach ab, bevor das ganze Bild da war. Bitte versuch es noch einmal.',
  'fetch.too_large': 'Dieses Bild hat {size}; höchstens {limit} lassen sich speichern.',
  'fetch.too_large_counted': 'Dieses Bild hat mehr als {limit}, und mehr lässt sich nicht speichern.',
  'fetch.too_slow':
    'Das Bild kam zu langsam. Darum haben wir aufgehört. Bitte versuch es später noch einmal, oder speichere es in deinem Browser und zieh es dann hierher.',
  'fetch.disk_full':
    'Auf unserer Festplatte ist gerade kein Platz mehr. Darum wurde das Bild nicht gespeichert. Bitte versuch es später noch einmal.',
  'fetch.wrong_entry':
    '„{entry}“ ist kein Hostname, keine Adresse und kein Netz. Schreib zum Beispiel nas.example, nas.example:8080, 192.168.1.5, 192.168.1.5:8080, 192.168.1.0/24, [fd00::5]:8080 oder fd00::/64, mit Kommas dazwischen.',
};
