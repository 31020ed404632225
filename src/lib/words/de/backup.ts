import type { backupWords as english } from '../en/backup.ts';
import type { Phrase } from '../index.ts';

/** What the operator reads of backups, and of moving to another database, in German. */
export const backupWords: Record<keyof typeof english, Phrase> = {
  'backup.about':
    'legt die Website, wie sie jetzt ist, in eine Datei, während sie läuft; hat die Datei schon eine Sicherung, kommt nur das Neue dazu',
  'backup.keep': 'behält so viele Sicherungen in der Datei und wirft die älteren weg',
  'backup.no_secret': 'lässt DATA_DIR/secret weg: Heb es anderswo auf, Authenticator-Apps brauchen es',
  'backup.no_number': '{value} ist keine ganze Zahl ab 1.',
  'backup.nobody':
    'In dieser Datenbank gibt es kein Konto: Nichts ist geschehen. Führen DATA_DIR und DATABASE_URL zur Website?',
  'backup.folder': '{path} ist ein Ordner. Bitte nenn eine Datei, etwa {path}/bowerbird.backup.',
  'backup.cannot_write':
    '{path} lässt sich nicht schreiben ({reason}). Gibt es den Ordner {folder}, und darfst du darin schreiben?',
  'backup.no_file': 'Eine Datei {path} gibt es nicht.',
  'backup.is_none': '{path} ist keine Sicherung von Bowerbird. Die Datei ist geblieben, wie sie war.',
  'backup.newer_form': 'Eine neuere Version von Bowerbird hat {path} geschrieben: Bitte nimm diese Version.',
  'backup.newer': '{path} stammt von einer neueren Version von Bowerbird ({step}): Bitte spiel es mit dieser zurück.',
  'backup.damaged':
    '{path} ist beschädigt ({what}). Daraus ist keine Website entstanden: Bitte nimm eine andere Sicherung.',
  'backup.in_use': '{path} ist in Gebrauch: Ein anderer Befehl arbeitet gerade damit.',
  'backup.full': 'Für {path} ist kein Platz mehr. Die Sicherungen, die schon darin waren, sind unversehrt.',
  'backup.no_run': 'In {path} gibt es keine Sicherung {number}: siehe `restore {path} --list`.',
  'backup.unfinished': '{path} enthält keine Sicherung, die fertig geworden ist.',
  'backup.progress_rows': 'Zeilen: {table}',
  'backup.progress_files': '{done} von {total} Dateien, {bytes} von {of}',
  'backup.done': {
    one: '{path} enthält die Website, wie sie jetzt ist: {rows} Zeilen und {count} Datei, {bytes}.',
    other: '{path} enthält die Website, wie sie jetzt ist: {rows} Zeilen und {count} Dateien, {bytes}.',
  },
  'backup.dropped': {
    one: '{count} ältere Sicherung wurde weggeworfen.',
    other: '{count} ältere Sicherungen wurden weggeworfen.',
  },
  'backup.secret_in': 'DATA_DIR/secret ist darin: Bewahr die Datei dort auf, wo sonst niemand sie lesen kann.',
  'backup.secret_left': 'DATA_DIR/secret ist nicht darin: Heb anderswo eine Kopie auf, Authenticator-Apps brauchen es.',
  'backup.secret_set':
    'SECRET ist deine eigene Einstellung und nicht darin: Heb anderswo eine Kopie auf, Authenticator-Apps brauchen es.',
  'backup.lost': 'fehlt oder ist beschädigt\t{key}',
  'backup.lost_some': {
    one: '{count} Datei, die die Datenbank nennt, fehlt oder ist beschädigt und nicht in der Sicherung. Siehe `images check`.',
    other:
      '{count} Dateien, die die Datenbank nennt, fehlen oder sind beschädigt und nicht in der Sicherung. Siehe `images check`.',
  },
  'backup.run': '{id}\t{date}\t{accounts} Konten\t{images} Bilder\t{bytes}\t{site}',
  'restore.about': 'macht aus einer Sicherung wieder die Website, auf einem Rechner, auf dem es noch keine gibt',
  'restore.list': 'zeigt die Sicherungen, die in der Datei sind, mit ihren Nummern',
  'restore.run': 'die Sicherung mit dieser Nummer; ohne Angabe die neueste',
  'restore.check': 'liest alles wie beim Zurückspielen und spielt nichts zurück',
  'backup.well': {
    one: '{path} ist in Ordnung: die Sicherung vom {date}, mit {count} Datei, {bytes}.',
    other: '{path} ist in Ordnung: die Sicherung vom {date}, mit {count} Dateien, {bytes}.',
  },
  'backup.site_runs': 'Mit DATA_DIR arbeitet gerade eine Website. Bitte halte sie erst an.',
  'backup.not_empty':
    'In dieser Datenbank gibt es schon eine Website, und sie ist geblieben, wie sie war. Bitte spiel die Sicherung in ein leeres DATA_DIR zurück, oder mit einer DATABASE_URL, die zu einer leeren Datenbank führt.',
  'backup.no_room': 'Wohin STORAGE führt, ist kein Platz für {bytes} an Dateien. Nichts wurde zurückgespielt.',
  'backup.secret_is_set':
    'SECRET ist deine eigene Einstellung: Es muss das sein, das die Website hatte, sonst funktionieren Authenticator-Apps nicht mehr.',
  'backup.secret_lacks':
    'Die Sicherung enthält kein Geheimnis: Hol DATA_DIR/secret (oder SECRET) der Website zurück, bevor du sie startest, sonst funktionieren Authenticator-Apps nicht mehr.',
  'backup.restored': {
    one: 'Zurückgespielt aus {path}, wie die Website am {date} war: {rows} Zeilen und {count} Datei, {bytes}, alles wie zuvor.',
    other:
      'Zurückgespielt aus {path}, wie die Website am {date} war: {rows} Zeilen und {count} Dateien, {bytes}, alles wie zuvor.',
  },
  'backup.lost_before': {
    one: '{count} Datei fehlte oder war beschädigt, schon als die Sicherung entstand. Siehe `images check`.',
    other: '{count} Dateien fehlten oder waren beschädigt, schon als die Sicherung entstand. Siehe `images check`.',
  },
  'backup.start_now':
    'Starte die Website. Alle melden sich neu an, und die Suche füllt sich binnen weniger Minuten von selbst.',
  'move.about':
    'kopiert die Datenbank in eine andere (von SQLite nach PostgreSQL oder zurück), und die Website bleibt von da an dort',
  'move.to': 'postgres://… oder sqlite:/path/to/bowerbird.sqlite',
  'move.copy':
    'kopiert nur: Die Website bleibt, wo sie ist, und was von jetzt an geschrieben wird, ist nicht in der Kopie',
  'move.undo': 'nimmt die alte Datenbank wieder in Gebrauch: Was in die neue geschrieben wurde, ist nicht darin',
  'move.where': 'Wohin? Bitte gib --to postgres://user:password@host/database an (oder sqlite: und einen Pfad).',
  'move.not_empty':
    'In der neuen Datenbank gibt es schon eine Website, und beide sind geblieben, wie sie waren. Bitte gib eine leere an: DROP DATABASE und CREATE DATABASE, wenn es die Kopie eines früheren Versuchs ist.',
  'move.same': 'Das ist schon die Datenbank der Website.',
  'move.unreachable': 'Die Datenbank bei {place} ließ sich nicht öffnen ({reason}). Nichts ist umgezogen.',
  'move.progress': 'Tabelle {n} von {tables}: {table}, {done} Zeilen',
  'move.compares': 'Vergleich, Tabelle {n} von {tables}: {table}',
  'move.was_copied': 'Die neue Datenbank enthält schon eine Kopie von dieser, mit denselben Anzahlen und Prüfsummen.',
  'move.checked': '{tables} Tabellen mit {rows} Zeilen sind da, mit denselben Anzahlen und Prüfsummen wie zuvor.',
  'move.differs': 'Die Tabelle {table} kam nicht so heraus, wie sie war. Nichts ist umgezogen: Bitte melde das.',
  'move.copied': 'Kopiert. Die Website bleibt bei der Datenbank, die sie hat.',
  'move.moved':
    'Umgezogen. Halte die Website an und starte sie mit DATABASE_URL für die neue Datenbank (ohne DATABASE_URL, wenn es DATA_DIR/bowerbird.sqlite ist): Die alte nimmt von jetzt an nichts Neues mehr an, und eine Website, die noch darauf läuft, antwortet allen, die schreiben, mit 503. DATA_DIR und STORAGE bleiben, wie sie sind.',
  'move.undone': 'In die alte Datenbank lässt sich wieder schreiben.',
  'move.not_moved': 'Diese Datenbank war nicht umgezogen: Nichts ist geschehen.',
};
