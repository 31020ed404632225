import type { operatorWords as english } from '../en/operator.ts';
import type { Phrase } from '../index.ts';

/** What the operator reads at the command line, in German. */
export const operatorWords: Record<keyof typeof english, Phrase> = {
  'cli.no_number': '{value} ist keine Nummer einer Aufgabe.',
  'cli.jobs': 'Arbeit, auf die niemand wartet: weitere Größen, Mails, Aufräumen',
  'cli.jobs_list':
    'wie viel zu tun ist, und jede Aufgabe: Nummer, Art, Zustand, Versuche, wann sie dran ist, was schiefging',
  'cli.jobs_state': 'nur diese',
  'cli.jobs_depth':
    '{waiting} fällig (die älteste seit {oldest}\u00a0s), {later} später, {running} in Arbeit, {dead} aufgegeben',
  'cli.jobs_retry': 'versucht Aufgaben gleich noch einmal, wieder mit allen Versuchen',
  'cli.jobs_retry_dead': 'alle, die aufgegeben wurden',
  'cli.jobs_which': 'Welche Aufgaben? Bitte gib ihre Nummern an, oder --dead für alle, die aufgegeben wurden.',
  'cli.jobs_not':
    'Es gibt keine Aufgabe {id}, die noch einmal versucht werden könnte: Sie ist erledigt oder läuft gerade.',
  'cli.jobs_again': {
    one: '{count} Aufgabe wird noch einmal versucht.',
    other: '{count} Aufgaben werden noch einmal versucht.',
  },
  'cli.storage': 'wo die Dateien liegen',
  'cli.storage_list':
    'was es nach den Zeilen der Datenbank gibt, und jeder Speicherort: was darin liegt, was davon anderswohin gehört und wie viel Platz er hat',
  'cli.storage_quick': 'nur prüfen, ob sich jeder Speicherort lesen und beschreiben lässt; nichts zählen',
  'cli.storage_rows': { one: 'Zeilen\t{count} Datei, {bytes}', other: 'Zeilen\t{count} Dateien, {bytes}' },
  'cli.storage_line': { one: '{count} Datei, {bytes}', other: '{count} Dateien, {bytes}' },
  'cli.storage_free': '{free} frei',
  'cli.storage_elsewhere': {
    one: '{count} gehört anderswohin: `storage rebalance`',
    other: '{count} gehören anderswohin: `storage rebalance`',
  },
  'cli.storage_fails': '{place}\tFEHLER: {reason}',
  'cli.storage_counting': '{place}: {percent}\u00a0% gezählt',
  'cli.storage_rebalance':
    'bringt alles an den Speicherort, an den es gehört, während die Website läuft; erneut aufgerufen, macht es dort weiter, wo es war',
  'cli.storage_forget':
    'gibt einen Speicherort auf, den STORAGE nicht mehr nennt: Er ist verloren oder hat jetzt eine andere Adresse',
  'cli.storage_named': 'STORAGE nennt {name} noch: Nimm den Speicherort erst dort heraus.',
  'cli.storage_unknown': 'Ein Speicherort {name} ist nicht bekannt.',
  'cli.storage_forgotten': '{name} wird nicht mehr vermisst.',
  'cli.rebalance_goes_on': 'Es geht dort weiter, wo es war: {percent}\u00a0% sind geschafft.',
  'cli.rebalance_overtaken': 'Ein anderes `storage rebalance` hat begonnen: Dieses endet hier.',
  'cli.rebalance_progress': {
    one: '{percent}\u00a0%: {count} Datei verschoben, {bytes}',
    other: '{percent}\u00a0%: {count} Dateien verschoben, {bytes}',
  },
  'cli.rebalance_conflict':
    '{key}: Wo die Datei hingehört, liegt schon eine mit anderem Inhalt; beide sind geblieben, wie sie waren.',
  'cli.rebalance_done': {
    one: 'Alles ist an seinem Platz: {count} Datei verschoben, {bytes}.',
    other: 'Alles ist an seinem Platz: {count} Dateien verschoben, {bytes}.',
  },
  'cli.rebalance_emptied': '{name} ist leer: STORAGE kommt jetzt ohne diesen Speicherort aus.',
  'cli.rebalance_left': {
    one: 'In {name} liegt noch {count} Datei: Läuft ein Prozess mit älteren Einstellungen? Bitte ruf das noch einmal auf.',
    other:
      'In {name} liegen noch {count} Dateien: Läuft ein Prozess mit älteren Einstellungen? Bitte ruf das noch einmal auf.',
  },
  'cli.secrets':
    'womit Cookies und Formulare unterschrieben und die Schlüssel der Authenticator-Apps versiegelt werden',
  'cli.secrets_rotate': 'stellt ein neues Geheimnis vor die anderen; niemand wird abgemeldet',
  'cli.secrets_drop':
    'wirft die älteren weg, sobald die Website mit dem neuen gestartet ist: versiegelt neu, was mit ihnen versiegelt war',
  'cli.secrets_set':
    'SECRET ist deine eigene Einstellung: Setz das hier vor das, was jetzt dort steht, mit einem Komma dazwischen, und starte die Website neu.\n{secret}',
  'cli.secrets_rotated': {
    one: 'Es gibt ein neues Geheimnis. Starte die Website neu.',
    other:
      'Vor den älteren steht ein neues Geheimnis (jetzt {count}). Starte die Website neu; wenn sie läuft, wirft `secrets rotate --drop-old` die älteren weg.',
  },
  'cli.secrets_sealed': {
    one: '{count} Schlüssel einer Authenticator-App wurde neu versiegelt.',
    other: '{count} Schlüssel von Authenticator-Apps wurden neu versiegelt.',
  },
  'cli.secrets_lost': {
    one: '{count} Schlüssel war mit einem Geheimnis versiegelt, das es nicht mehr gibt: In dieses Konto führt nur noch ein Wiederherstellungscode oder ein Passkey.',
    other:
      '{count} Schlüssel waren mit Geheimnissen versiegelt, die es nicht mehr gibt: In diese Konten führen nur noch Wiederherstellungscodes oder Passkeys.',
  },
  'cli.secrets_take_out':
    'SECRET ist deine eigene Einstellung: Lass jetzt nur das erste darin stehen, und starte die Website neu.',
  'cli.secrets_dropped': 'Die älteren Geheimnisse sind weg. Starte die Website neu.',
  'cli.doctor': 'sieht sich alles an, worauf die Website steht, und sagt, was nicht stimmt; ändert nichts',
  'doctor.ok': 'gut',
  'doctor.note': 'Hinweis',
  'doctor.wrong': 'FEHLER',
  'doctor.settings': 'Einstellungen: Die Website ist {url}.',
  'doctor.settings_wrong': 'Einstellungen: {reason}',
  'doctor.node': 'Node {version}.',
  'doctor.node_ending':
    'Node {version} bekommt keine Sicherheitskorrekturen mehr. Wechsle zur aktuellen LTS-Version: Was Bilder dekodiert, braucht sie am nötigsten.',
  'doctor.node_old':
    'Node {version} ist zu alt: Bowerbird braucht 20.19 oder neuer. Wechsle zur aktuellen LTS-Version.',
  'doctor.folder': 'DATA_DIR {path} lässt sich beschreiben.',
  'doctor.folder_none': 'DATA_DIR {path} gibt es noch nicht: Der erste Start legt den Ordner an.',
  'doctor.folder_wrong':
    'DATA_DIR {path} lässt sich nicht beschreiben ({reason}). Übergib den Ordner dem Benutzer, unter dem die Website läuft.',
  'doctor.secret_set': {
    one: 'SECRET ist gesetzt.',
    other: 'SECRET ist gesetzt: Es sind {count}, das erste unterschreibt.',
  },
  'doctor.secret': 'Das Geheimnis in {path} kann nur der Benutzer lesen, dem die Datei gehört.',
  'doctor.secret_later': 'Das Geheimnis {path} gibt es noch nicht: Der erste Start legt es an.',
  'doctor.secret_none':
    'Das Geheimnis {path} fehlt. Hol es aus einer Sicherung zurück, bevor du die Website startest: Mit einem neuen funktionieren Authenticator-Apps nicht mehr.',
  'doctor.secret_open': 'Das Geheimnis {path} können auch andere lesen: erst chmod 600, dann `secrets rotate`.',
  'doctor.room': 'Platte: {free} frei bei {path}.',
  'doctor.room_scarce': 'Platte: nur noch {free} frei bei {path}. Schaff bald Platz.',
  'doctor.room_none': 'Platte: {free} frei bei {path}. Bald lässt sich nichts mehr speichern: Schaff jetzt Platz.',
  'doctor.room_later': 'Platte: Es gibt noch keinen Ordner zum Nachsehen.',
  'doctor.as_said': '{sentence}',
  'doctor.storage': 'STORAGE {place} lässt sich lesen und beschreiben.',
  'doctor.storage_later': 'STORAGE {place} gibt es noch nicht: Der erste Start legt den Speicherort an.',
  'doctor.storage_wrong':
    'STORAGE {place} lässt sich nicht lesen und beschreiben ({reason}). Ist die Platte da, und gehört sie dem Benutzer, unter dem die Website läuft?',
  'doctor.tls': 'Zertifikate gelten bis {date}.',
  'doctor.tls_off': 'Um Zertifikate kümmert sich der Proxy davor (TLS=off).',
  'doctor.tls_later': 'Das Zertifikat {path} gibt es noch nicht: Der Start legt es an.',
  'doctor.tls_unreadable': 'Das Zertifikat {path} lässt sich nicht lesen ({reason}).',
  'doctor.tls_clock': 'Ein Zertifikat gilt noch nicht ({path}): Sieh nach der Uhr dieses Rechners.',
  'doctor.tls_over': 'Das Zertifikat {path} ist am {date} abgelaufen. Leg ein neues an seine Stelle.',
  'doctor.tls_soon':
    'Das Zertifikat {path} läuft am {date} ab. Leg ein neues an seine Stelle: Die Website übernimmt es von selbst.',
  'doctor.tls_own_over':
    'Das Zertifikat {path} ist am {date} abgelaufen: Die Website lief lange nicht, oder sie kann nicht in CERTS_DIR schreiben. Ein Start erzeugt ein neues.',
  'doctor.database': 'Die Datenbank antwortet, und ihr Schema ist das dieser Version.',
  'doctor.database_later': 'Die Datenbank {path} gibt es noch nicht: Der erste Start legt sie an.',
  'doctor.database_wrong': 'Die Datenbank antwortet nicht ({reason}). Sieh nach DATABASE_URL und DATA_DIR.',
  'doctor.database_damaged':
    'Die Datenbank {path} ist beschädigt ({damage}). Halte die Website an, behalte eine Kopie der Datenbank und spiel die letzte Sicherung zurück.',
  'doctor.database_newer':
    'Eine neuere Version von Bowerbird hat die Datenbank verändert ({step}): Starte diese Version.',
  'doctor.database_moved':
    'Diese Datenbank ist in eine andere umgezogen: Setz DATABASE_URL auf jene, oder nimm diese mit `move --undo` wieder in Gebrauch.',
  'doctor.database_older': {
    one: 'Dem Schema fehlt {count} Schritt: Der Start dieser Version holt ihn nach.',
    other: 'Dem Schema fehlen {count} Schritte: Der Start dieser Version holt sie nach.',
  },
  'doctor.queue': { one: 'Aufgaben: {count} ist fällig.', other: 'Aufgaben: {count} sind fällig.' },
  'doctor.queue_dead': {
    one: 'Aufgaben: {count} wurde aufgegeben. Sieh nach mit `jobs list --state dead`, und versuch sie mit `jobs retry` noch einmal.',
    other:
      'Aufgaben: {count} wurden aufgegeben. Sieh nach mit `jobs list --state dead`, und versuch sie mit `jobs retry` noch einmal.',
  },
  'doctor.queue_late': {
    one: 'Aufgaben: {count} ist fällig, seit {minutes} Minuten. Läuft die Website, mit ROLE=all oder ROLE=worker?',
    other:
      'Aufgaben: {count} sind fällig, die älteste seit {minutes} Minuten. Läuft die Website, mit ROLE=all oder ROLE=worker?',
  },
  'cli.images': 'Bilder und ihre Dateien',
  'cli.images_check':
    'vergleicht, was die Datenbank sagt, mit den Dateien, die da sind, in beide Richtungen; ändert von sich aus nichts',
  'cli.images_quick': 'sieht nur auf die Größe der Dateien und liest sie nicht',
  'cli.images_repair': 'lässt die Website neu machen, was aus einem Original entstanden ist',
  'cli.images_remove': 'löscht Dateien, die zu nichts gehören und älter als eine Stunde sind',
  'cli.images_anew': 'fängt von vorn an, statt dort weiterzumachen, wo unterbrochen wurde',
  'cli.images_render':
    'macht die Größen der Bilder neu aus ihren Originalen, zum Beispiel nach einer Änderung der Einstellungen',
  'cli.images_tier': 'nur diese Größe',
  'cli.images_one': 'nur dieses Bild',
  'cli.no_image': '{value} ist keine Nummer eines Bildes.',
  'cli.fault.missing': 'fehlt',
  'cli.fault.wrong_size': 'falsche Größe',
  'cli.fault.wrong_hash': 'falscher Inhalt',
  'cli.fault.unreadable': 'unlesbar',
  'cli.fault.stray': 'herrenlos',
  'cli.fault.lacking': 'nicht in allen Größen',
  'cli.of.image': 'Bild {id}',
  'cli.of.photo': 'Foto von Konto {id}',
  'cli.of.draft': 'Entwurf von Konto {id}',
  'cli.of.export': 'Export von Konto {id}',
  'cli.check_progress': '{percent}\u00a0%, {count} Dateien, {bytes}',
  'cli.check_goes_on': 'Die letzte Prüfung wurde unterbrochen: Diese macht nach {percent}\u00a0% weiter.',
  'cli.check_overtaken': 'Eine andere Prüfung hat begonnen und macht anstelle dieser weiter.',
  'cli.check_lacking': 'nicht in allen Größen\tBild {id}',
  'cli.check_looked': { one: '{count} Datei, {bytes}.', other: '{count} Dateien, {bytes}.' },
  'cli.check_well': 'Alles in Ordnung.',
  'cli.check_repair':
    'Mit --repair macht die Website die Größen neu. Ein Original lässt sich nicht neu machen: Hol es aus einer Sicherung zurück, unter demselben Namen.',
  'cli.check_remove': 'Herrenlose Dateien schaden nicht. Mit --remove-strays werden sie gelöscht.',
  'cli.render_goes_on': 'Das läuft schon: {done} von {total} Bildern.',
  'cli.render_other':
    'Gerade wird etwas anderes neu gemacht. Warte, bis es fertig ist, oder fang mit --anew von vorn an.',
  'cli.render_overtaken': 'Anstelle dieses Durchgangs hat ein anderer begonnen.',
  'cli.render_by_site': 'Die Website macht das (mit ROLE=all oder ROLE=worker), auch wenn du diesen Befehl beendest.',
  'cli.render_progress': '{done} von {total} Bildern',
  'cli.render_done': {
    one: '{count} Bild hat neue Größen; unverändert: {same}.',
    other: '{count} Bilder haben neue Größen; unverändert: {same}.',
  },
  'cli.render_failed': {
    one: '{count} ließ sich nicht neu machen: Bild {which}. Siehe `images check`.',
    other: '{count} ließen sich nicht neu machen: Bilder {which}. Siehe `images check`.',
  },
  'repair.original_lost': 'Das Original von Bild {id} ist nicht, was es war: Hol es aus einer Sicherung zurück.',
  'doctor.redis': '{setting} {name} antwortet und behält, was man ihm gibt.',
};
