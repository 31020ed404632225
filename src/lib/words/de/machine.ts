import type { machineWords as english } from '../en/machine.ts';
import type { Phrase } from '../index.ts';

/** What administrators see of the machine, its jobs and its disks, in German. */
export const machineWords: Record<keyof typeof english, Phrase> = {
  'admin.nav': 'Die Website betreiben',
  'machine.heading': 'Der Rechner',
  'machine.lead':
    'Worauf die Website steht. Was jemand in die Hand nehmen sollte, steht jede Stunde auch im Protokoll.',
  'machine.well': 'Alles in Ordnung',
  'machine.free_images': 'Frei für Bilder',
  'machine.free_unknown': 'so viel, wie der Speicherort hat; er sagt es nicht',
  'machine.free_data': 'Frei für die Datenbank',
  'machine.certificate': 'Zertifikat gültig bis',
  'machine.certificate_none': 'um TLS kümmert sich ein anderer Server',
  'machine.waiting': 'Fällige Aufgaben',
  'machine.oldest': { one: 'die älteste seit {count} Sekunde', other: 'die älteste seit {count} Sekunden' },
  'machine.running': 'Laufende Aufgaben',
  'machine.later': 'Aufgaben für später',
  'machine.dead': 'Aufgegebene Aufgaben',
  'alert.images': 'Für Bilder sind nur noch {free} frei: Schaff Platz, sonst lässt sich bald nichts mehr speichern.',
  'alert.data': 'Für die Datenbank sind nur noch {free} frei: Schaff Platz, sonst lässt sich bald nichts mehr ändern.',
  'alert.certificate': {
    one: 'Das Zertifikat läuft morgen ab und wurde nicht erneuert: Sieh nach, was das Protokoll dazu sagt.',
    other: 'Das Zertifikat läuft in {count} Tagen ab und wurde nicht erneuert: Sieh nach, was das Protokoll dazu sagt.',
  },
  'alert.certificate_over': 'Das Zertifikat ist abgelaufen: Browser öffnen die Website nicht mehr.',
  'alert.dead': {
    one: '{count} Aufgabe wurde aufgegeben: Sieh nach, was schiefging, und versuch sie dann noch einmal oder verwirf sie.',
    other:
      '{count} Aufgaben wurden aufgegeben: Sieh nach, was schiefging, und versuch sie dann noch einmal oder verwirf sie.',
  },
  'alert.late': {
    one: 'Eine Aufgabe ist seit {count} Minute fällig: Läuft ein Worker?',
    other: 'Eine Aufgabe ist seit {count} Minuten fällig: Läuft ein Worker?',
  },
  'jobs.heading': 'Aufgaben',
  'jobs.lead':
    'Was die Website tut, wenn niemand darauf wartet. Eine Aufgabe, die oft gescheitert ist, wird aufgegeben und steht hier, bis jemand entscheidet.',
  'jobs.states': 'Welche Aufgaben',
  'jobs.state.dead': 'Aufgegeben',
  'jobs.state.waiting': 'Fällig',
  'jobs.state.running': 'Laufend',
  'jobs.state.later': 'Für später',
  'jobs.state': 'Aufgaben sind dead, waiting, running oder later.',
  'jobs.none': 'Keine',
  'jobs.none.words': 'Keine Aufgabe ist in diesem Zustand.',
  'jobs.attempts': { one: 'einmal begonnen', other: '{count}-mal begonnen' },
  'jobs.never_begun': 'noch nicht begonnen',
  'jobs.retry': 'Noch einmal versuchen',
  'jobs.retry.which': 'Aufgabe {id} noch einmal versuchen',
  'jobs.drop': 'Verwerfen',
  'jobs.drop.which': 'Aufgabe {id} verwerfen',
  'jobs.retried': 'Die Aufgabe wird noch einmal versucht.',
  'jobs.dropped': 'Verworfen: Diese Arbeit wird nie getan.',
  'storage.heading': 'Was Mitglieder aufbewahren',
  'storage.lead': 'Originale zählen zum Platz, den ein Mitglied hat; die Größen, die daraus entstehen, nicht.',
  'storage.images': { one: '{count} Bild', other: '{count} Bilder' },
  'storage.originals': 'Originale',
  'storage.sizes': 'Größen',
};
