import type { settingWords as english } from '../en/settings.ts';
import type { Phrase } from '../index.ts';

/** What is said of a setting that cannot be, in German. */
export const settingWords: Record<keyof typeof english, Phrase> = {
  'setting.number': '{name} muss eine ganze Zahl von {min} bis {max} sein, nicht „{value}“.',
  'setting.choice': '{name} ist „{value}“, muss aber eines von diesen sein: {choices}.',
  'setting.address': '{name} muss eine Adresse wie {example} sein, nicht „{value}“.',
  'setting.https': '{name} muss mit https:// beginnen (mit TLS=off geht auch http://).',
  'setting.bare_address': '{name} darf keinen Pfad, keine Abfrage und kein Passwort enthalten: {example}.',
  'setting.size': '{name} muss eine Größe wie 1024x786 sein, nicht „{value}“.',
  'setting.tls': 'TLS muss auto oder off sein, oder zwei Dateien nennen: cert.pem,key.pem.',
  'setting.database': 'DATABASE_URL muss mit postgres:// beginnen (oder fehlen, für SQLite in DATA_DIR).',
  'setting.processes':
    'PROCESSES: Mehrere Prozesse brauchen PostgreSQL (DATABASE_URL), denn eine SQLite-Datenbank gehört einem allein.',
  'setting.storage':
    'STORAGE muss file:PATH sein, ein Ordner für die Bilder, etwa file:/srv/bowerbird, oder s3+https://KEY:SECRET@host/bucket?region=…; mehrere werden mit Komma getrennt.',
  'setting.s3':
    'STORAGE: Ein S3-Speicher muss aussehen wie s3+https://KEY:SECRET@s3.example.org/bucket?region=us-east-1; in KEY und SECRET schreibt man / als %2F, + als %2B, : als %3A, @ als %40 und ein Komma als %2C.',
  'setting.s3_bucket':
    'STORAGE: Der S3-Speicher bei {host} braucht nach dem Host den Namen genau eines Buckets: …@{host}/bucket.',
  'setting.s3_keys':
    'STORAGE: {name} braucht vor dem Host einen Zugangsschlüssel und einen geheimen Schlüssel, KEY:SECRET@, beide prozentkodiert (% selbst ist %25).',
  'setting.s3_options':
    'STORAGE: Auf {name} dürfen region=… und style=path oder style=host folgen, und nichts anderes.',
  'setting.store_twice': 'STORAGE nennt {name} zweimal.',
  'setting.store_none':
    'STORAGE: Alle Speicherorte darin sollen weg (-): Bitte nenn mindestens einen, der neue Bilder aufnimmt.',
  'setting.redis':
    '{name} muss aussehen wie redis://user:password@redis.example.org:6379/0 oder für TLS mit rediss:// beginnen; im Passwort schreibst du / als %2F, + als %2B, : als %3A, @ als %40 und % selbst als %25.',
  'setting.file': '{name}_FILE nennt eine Datei, die sich nicht lesen lässt: {reason}.',
  'setting.both': '{name} und {name}_FILE sind beide gesetzt: Bitte behalte nur eines.',
  'setting.newer_schema':
    'DATABASE_URL führt zu einer Datenbank, die eine neuere Version von Bowerbird verändert hat ({step}): Bitte starte diese Version.',
  'setting.moved':
    'Diese Datenbank ist in eine andere umgezogen: Bitte setz DATABASE_URL auf jene. (`move --undo` nimmt diese wieder in Gebrauch.)',
  'setting.host': 'HOST muss ein Name oder eine Adresse dieses Rechners sein, nicht „{value}“.',
  'setting.smtp': 'SMTP_URL muss aussehen wie smtp://user:password@mail.example.org:587, oder mit smtps:// beginnen.',
  'setting.mail_from': 'MAIL_FROM muss aussehen wie Bowerbird <no-reply@example.org>, nicht „{value}“.',
  'setting.list': '{name}: {reason}',
  'setting.servers': '{name} muss aus Adressen wie 192.0.2.1:53 bestehen, mit Komma getrennt, nicht aus „{value}“.',
};
