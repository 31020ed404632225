import type { accountWords as english } from '../en/accounts.ts';
import type { Phrase } from '../index.ts';

export const accountWords: Record<keyof typeof english, Phrase> = {
  'register.heading': 'Bei Bowerbird registrieren',
  'register.lead': 'Ein Name, eine E-Mail-Adresse und ein Passwort: Mehr braucht es nicht.',
  'register.username': 'Benutzername',
  'register.username.hint': 'Andere sehen ihn neben deinen Bildern, und er gehört zur Adresse deines Profils.',
  'register.email': 'E-Mail',
  'register.email.hint': 'Sonst sieht sie niemand.',
  'register.password': 'Passwort',
  'register.password2': 'Dasselbe Passwort noch einmal',
  'register.send': 'Mein Konto erstellen',
  'register.known': 'Hast du schon ein Konto?',

  'login.heading': 'Willkommen zurück',
  'login.login': 'Benutzername oder E-Mail',
  'login.password': 'Passwort',
  'login.send': 'Anmelden',
  'login.new': 'Neu hier?',
  'login.join': 'Bei Bowerbird registrieren',
  'login.carried': 'Das Bild, das du ausgesucht hast, wartet. Melde dich an, dann kannst du es speichern.',

  'dashboard.welcome': 'Willkommen, {username}',
  'dashboard.heading': 'Hallo, {username}',
  'dashboard.bookmarklet': 'Nimm Bowerbird mit',
  'dashboard.bookmarklet.words':
    'Zieh diesen Knopf in deine Lesezeichenleiste. Klick ihn auf einer beliebigen Seite an und such die Bilder aus, die du behalten willst.',
  'dashboard.bookmarklet.more': 'Schritt für Schritt, für deinen Browser',
  'dashboard.latest': 'Deine neuesten',
  'dashboard.all': 'Alle deine Bilder',
  'dashboard.boards': 'Zuletzt benutzte Boards',
  'dashboard.empty.words': 'Finde ein Bild im Netz und klick das Bookmarklet an, oder bring ein eigenes mit.',
  'dashboard.empty.save': 'Dein erstes Bild speichern',
  'dashboard.empty.look': 'Sehen, was andere behalten',

  'bookmarklet.heading': 'Von jeder Seite speichern',
  'bookmarklet.lead':
    'Ein einziges Lesezeichen genügt: Klick es auf einer Seite an, such die Bilder aus, die du willst, und sie gehören zu deinen.',
  'bookmarklet.name': 'In Bowerbird speichern',
  'bookmarklet.drag':
    'Zieh diesen Knopf in deine Lesezeichenleiste. Keine Leiste zu sehen? Die Schritte unten zeigen, wie sie erscheint.',
  'bookmarklet.drag_me':
    'Klick ihn nicht hier an: Nimm ihn und zieh ihn hinauf in deine Lesezeichenleiste. Dort klickst du ihn dann an, auf jeder Seite.',
  'bookmarklet.copy': 'Adresse kopieren',
  'bookmarklet.copied': 'Kopiert',
  'bookmarklet.browsers': 'Schritte für jeden Browser',
  'bookmarklet.chrome': 'Chrome, Edge, Brave, Opera',
  'bookmarklet.chrome.1': 'Blende die Lesezeichenleiste ein: mit Strg+Umschalt+B, auf dem Mac mit ⌘+Umschalt+B.',
  'bookmarklet.chrome.2': 'Zieh den Knopf von oben auf die Leiste.',
  'bookmarklet.chrome.3': 'Klick das neue Lesezeichen auf einer beliebigen Seite an.',
  'bookmarklet.firefox': 'Firefox',
  'bookmarklet.firefox.1': 'Blende die Lesezeichenleiste ein: mit Strg+Umschalt+B, auf dem Mac mit ⌘+Umschalt+B.',
  'bookmarklet.firefox.2':
    'Zieh den Knopf von oben auf die Leiste. Oder klick ihn mit rechts an und wähle „Lesezeichen für Link hinzufügen“.',
  'bookmarklet.firefox.3': 'Klick das neue Lesezeichen auf einer beliebigen Seite an.',
  'bookmarklet.safari': 'Safari',
  'bookmarklet.safari.1':
    'Blende die Favoritenleiste ein: mit ⌘+Umschalt+B oder unter „Darstellung“ mit „Favoritenleiste einblenden“.',
  'bookmarklet.safari.2': 'Zieh den Knopf von oben auf die Leiste und bestätige den Namen.',
  'bookmarklet.safari.3': 'Klick den neuen Favoriten auf einer beliebigen Seite an.',
  'bookmarklet.phone': 'Auf Telefon oder Tablet',
  'bookmarklet.phone.1':
    'Telefone haben keine Lesezeichenleiste, in die man etwas ziehen kann. Bring also das Bild statt des Knopfes.',
  'bookmarklet.phone.2': 'Halte den Finger auf ein Bild und wähle, es oder seine Adresse zu kopieren.',
  'bookmarklet.phone.3':
    'Öffne hier „Bild speichern“ und füg es ein. Du kannst auch ein Foto vom Telefon selbst auswählen.',
  'bookmarklet.check': 'Ist deines das neueste?',
  'bookmarklet.check.words':
    'Klick dein Lesezeichen an, während du auf dieser Seite bist, und hier steht, ob es funktioniert.',
  'bookmarklet.check.version':
    'Die neueste ist Version {version}. Ein Lesezeichen bleibt, wie es ist, bis du es ersetzt; seine Version steht ganz unten in dem, was es zeigt.',
  'bookmarklet.newest': 'Es funktioniert und ist das neueste. Klick es auf einer anderen Seite an.',
  'bookmarklet.old':
    'Es funktioniert, ist aber ein altes oder das einer anderen Website. Nimm es aus deiner Lesezeichenleiste und zieh stattdessen den Knopf von oben dorthin.',
  'bookmarklet.use': 'So geht es',
  'bookmarklet.use.1': 'Klick es an, und alle Bilder der Seite liegen vor dir, das größte zuerst.',
  'bookmarklet.use.2':
    'Klick das an, das du willst: Diese Website öffnet sich, Titel und Adresse sind schon ausgefüllt, und du drückst auf „Speichern“.',
  'bookmarklet.use.more':
    'Mehrere? Hak sie an (mit Umschalt alle dazwischen) und drück auf „Save“. Mit „Point“ klickst du das Bild auf der Seite selbst an.',
  'bookmarklet.use.keys':
    'Mit der Tastatur: Pfeile bewegen, Leertaste hakt an, Strg+A oder ⌘+A hakt alle an, Eingabe öffnet.',
  'bookmarklet.use.3': 'Doch nicht? Klick es noch einmal an oder drück',
  'bookmarklet.inside':
    'Das ganze Werkzeug steckt im Lesezeichen ({kb}\u00a0kB). Es lädt nichts und sendet nichts, bis du ein Bild aussuchst.',
  'bookmarklet.source': 'Quelltext lesen',

  'people.images': 'Bilder',
  'people.since': 'sammelt seit',
  'people.empty': 'Noch nichts zu sehen',
  'people.empty.words': 'Wenn es Bilder gibt, die du sehen darfst, stehen sie hier.',
  'people.empty.mine': 'Deine Laube ist noch leer',
};
