import type { storageWords as english } from '../en/storage.ts';
import type { Phrase } from '../index.ts';

/** What is said where images cannot be kept, in German. */
export const storageWords: Record<keyof typeof english, Phrase> = {
  'storage.disk_full':
    'Auf der Platte dieser Website ist kein Platz mehr für neue Bilder. Nichts wurde gespeichert; bitte versuch es später noch einmal, und sag denen Bescheid, die die Website betreiben.',
  'storage.slow':
    'Der Ort, an dem diese Website ihre Bilder aufbewahrt, antwortet nicht. Nichts wurde gespeichert; bitte versuch es in ein paar Minuten noch einmal.',
  'storage.away':
    'Der Ort, an dem diese Website ihre Bilder aufbewahrt, ist gerade nicht erreichbar. Nichts ist verloren; bitte versuch es in einer Minute noch einmal.',
  'storage.disk_probe':
    'STORAGE {name} lässt sich nicht lesen und beschreiben ({code}). Ist die Platte da, und gehört sie dem Benutzer, unter dem die Website läuft?',
  'storage.missing':
    'STORAGE: {name} wird nicht mehr genannt und enthält vielleicht Bilder. Bitte nenn den Speicherort wieder, mit - davor (STORAGE=…,-{name}), damit er gelesen wird, bis `storage rebalance` ihn geleert hat; oder gib ihn auf, wenn er verloren ist oder jetzt eine andere Adresse hat: bowerbird storage forget {name}',
  'storage.probe': 'STORAGE: {name} sollte {what}. {answer}',
  'storage.try_list': 'den Inhalt seines Buckets auflisten',
  'storage.try_write': 'ein Objekt ablegen',
  'storage.try_remove': 'ein Objekt löschen',
  'storage.answer': 'Die Antwort war {status} {code}.',
  'storage.answer_secret': 'Die Antwort war {status} {code}. Der geheime Schlüssel gehört nicht zum Zugangsschlüssel.',
  'storage.answer_key': 'Die Antwort war {status} {code}. Der Zugangsschlüssel ist dort nicht bekannt.',
  'storage.answer_denied':
    'Die Antwort war {status} {code}. Der Zugangsschlüssel darf das nicht: Er muss den Bucket auflisten und Objekte holen, ablegen und löschen dürfen.',
  'storage.answer_clock':
    'Die Antwort war {status} {code}. Die Uhr dieses Rechners und die dortige weichen voneinander ab: Bitte stell sie.',
  'storage.answer_bucket':
    'Die Antwort war {status} {code}. Bitte leg erst den Bucket an, oder berichtige seinen Namen.',
  'storage.answer_region': 'Die Antwort war {status} {code}. Bitte sieh nach region= und style=.',
  'storage.way': 'Es kam keine Antwort ({code}).',
  'storage.way_name': 'Niemand kennt den Namen seines Hosts ({code}).',
  'storage.way_refused': 'Dort nimmt niemand die Verbindung an ({code}). Läuft der Dienst, und stimmt der Port?',
  'storage.way_silent':
    'Es kam nicht rechtzeitig eine Antwort ({code}). Läuft der Dienst, und lässt eine Firewall uns durch?',
  'storage.way_scheme':
    'Die Gegenseite spricht nicht wie erwartet ({code}). Ist es s3+http:// statt s3+https://, oder umgekehrt?',
  'storage.way_certificate':
    'Das Zertifikat dort taugt nicht ({code}). Wenn du eine eigene Zertifizierungsstelle hast, nenn ihre Datei in NODE_EXTRA_CA_CERTS.',
};
