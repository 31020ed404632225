import type { secondWords as english } from '../en/second.ts';
import type { Phrase } from '../index.ts';

/** Showing again who one is, the second factor, and passkeys, in German. */
export const secondWords: Record<keyof typeof english, Phrase> = {
  'error.confirm': 'Bitte zeig noch einmal, dass du es bist: mit deinem Passwort oder mit einem Passkey.',
  'error.second_factor':
    'Diese Website verlangt von ihren Mitgliedern einen zweiten Faktor. Bitte richte zuerst einen ein.',

  'again.heading': 'Bist du es?',
  'again.lead':
    'Was jetzt kommt, könnte dein Konto aus der Hand geben, darum fragen wir noch einmal. Das gilt für 15\u00a0Minuten.',
  'again.password': 'Passwort',
  'again.send': 'Weiter',
  'again.passkey': 'Passkey verwenden',
  'again.wrong': 'Das ist nicht dein Passwort.',
  'again.no_password':
    'Du hast hier kein Passwort. Melde dich ab und auf deinem üblichen Weg wieder an, und komm binnen 15\u00a0Minuten zurück.',

  'code.heading': 'Noch ein Schritt',
  'code.lead':
    'Deine Authenticator-App zeigt einen Code aus sechs Ziffern. Ohne die App gib einen deiner Wiederherstellungscodes ein.',
  'code.code': 'Code',
  'code.hint':
    'Jeder Code gilt einmal. Wenn die Codes der App nicht gelten, prüf, ob die Uhr deines Telefons richtig geht.',
  'code.send': 'Anmelden',
  'code.other': 'Mit einem anderen Konto anmelden',
  'code.needed': 'Dazu ist noch ein Code deiner Authenticator-App nötig: Sende ihn an /account/login/code.',
  'code.wrong':
    'Dieser Code passt nicht oder wurde schon benutzt. Warte auf den nächsten, und prüf die Uhr deines Telefons.',
  'code.expired':
    'Das hat zu lange gedauert, oder inzwischen hat sich etwas geändert. Bitte melde dich noch einmal an.',
  'code.recovery_used': {
    one: 'Du hast dich mit einem Wiederherstellungscode angemeldet. Einer ist noch übrig: Erstell neue unter „Zweiter Faktor“.',
    other:
      'Du hast dich mit einem Wiederherstellungscode angemeldet. {count} sind noch übrig; neue kannst du unter „Zweiter Faktor“ erstellen.',
  },

  'two_factor.heading': 'Anmeldung mit zweitem Faktor',
  'two_factor.lead':
    'Mit einem zweiten Faktor öffnet dein Passwort allein nichts: Zur Anmeldung gehört dann auch ein Code, den eine App auf deinem Telefon zeigt.',
  'two_factor.required':
    'Diese Website verlangt von allen Mitgliedern einen zweiten Faktor: eine Authenticator-App oder einen Passkey.',
  'two_factor.passkeys': 'Ein Passkey macht beides in einem Schritt und braucht keine App.',
  'two_factor.passkeys.link': 'Passkeys',
  'two_factor.off': 'Er ist aus.',
  'two_factor.begin': 'Einrichten',
  'two_factor.scan': '1. Zeig das hier deiner App',
  'two_factor.scan.words':
    'Öffne eine Authenticator-App auf deinem Telefon, füg ein Konto hinzu, und richte die Kamera hierher.',
  'two_factor.qr': 'QR-Code für deine Authenticator-App',
  'two_factor.open': 'Auf diesem Gerät: in der App öffnen',
  'two_factor.key': 'Oder gib diesen Schlüssel ein:',
  'two_factor.code': '2. Gib den Code ein, den die App zeigt',
  'two_factor.code.hint': 'Sechs Ziffern; alle 30\u00a0Sekunden kommt ein neuer Code.',
  'two_factor.confirm': 'Einschalten',
  'two_factor.cancel': 'Abbrechen',
  'two_factor.first_wrong': 'Dieser Code gehört nicht zu diesem Schlüssel. Gib den ein, den die App gerade zeigt.',
  'two_factor.clock':
    'Der Schlüssel stimmt, aber die Uhr deines Telefons oder dieser Website geht falsch. Stell das Telefon so ein, dass es die Zeit aus dem Netz nimmt, und gib den nächsten Code ein.',
  'two_factor.not_begun': 'Gerade wird nichts eingerichtet. Bitte fang von vorn an.',
  'two_factor.is_on': 'Der zweite Faktor ist schon eingeschaltet. Schalt ihn erst aus, um ihn neu einzurichten.',
  'two_factor.on': 'Er ist eingeschaltet.',
  'two_factor.since': 'Seit',
  'two_factor.left': {
    one: 'Ein Wiederherstellungscode ist noch übrig.',
    other: '{count} Wiederherstellungscodes sind noch übrig.',
  },
  'two_factor.codes': 'Neue Wiederherstellungscodes erstellen',
  'two_factor.codes.words': 'Die alten gelten dann nicht mehr.',
  'two_factor.turn_off': 'Ausschalten',
  'two_factor.stays':
    'Diese Website verlangt von allen Mitgliedern einen zweiten Faktor, darum bleibt er eingeschaltet.',
  'two_factor.off_now': 'Der zweite Faktor ist aus. Andere Geräte sind abgemeldet.',

  'recovery.heading': 'Deine Wiederherstellungscodes',
  'recovery.lead':
    'Jeder davon meldet dich einmal an, wenn du deine App nicht zur Hand hast. Sie werden nur dieses eine Mal gezeigt: Druck sie aus, oder heb sie dort auf, wo deine Passwörter sind.',
  'recovery.on': 'Der zweite Faktor ist eingeschaltet. Andere Geräte sind abgemeldet.',
  'recovery.done': 'Ich habe sie aufgehoben',

  'passkeys.heading': 'Passkeys',
  'passkeys.lead':
    'Ein Passkey meldet dich mit deinem Fingerabdruck, deinem Gesicht oder der Sperre deines Geräts an. Du musst dir nichts merken, und von dieser Website lässt sich nichts stehlen.',
  'passkeys.none': 'Du hast noch keinen.',
  'passkeys.synced': 'auf allen deinen Geräten',
  'passkeys.since': 'Hinzugefügt:',
  'passkeys.used': 'Zuletzt benutzt:',
  'passkeys.unused': 'Noch nicht benutzt',
  'passkeys.name': 'Name',
  'passkeys.name.hint': 'Damit du ihn wiedererkennst: „Mein Telefon“.',
  'passkeys.add': 'Passkey hinzufügen',
  'passkeys.added': 'Der Passkey „{name}“ ist hinzugefügt. Du kannst dich von jetzt an damit anmelden.',
  'passkeys.rename': 'Umbenennen',
  'passkeys.rename.send': 'Namen speichern',
  'passkeys.renamed': 'Der Passkey heißt jetzt „{name}“.',
  'passkeys.remove': 'Entfernen',
  'passkeys.remove.which': 'Den Passkey „{name}“ entfernen',
  'passkeys.removed': 'Der Passkey „{name}“ öffnet nichts mehr. Du kannst ihn auch auf deinem Gerät löschen.',
  'passkeys.unnamed': 'Passkey',
  'passkeys.script': 'Um einen Passkey hinzuzufügen, ist JavaScript nötig: Der Browser erstellt ihn.',
  'passkeys.impossible': 'Passkeys brauchen eine Website mit einem Namen und HTTPS, darum gibt es hier keine.',
  'passkeys.login': 'Mit einem Passkey anmelden',
  'passkeys.cancelled': 'Nichts ist geschehen: Der Passkey kam nicht. Du kannst es noch einmal versuchen.',
  'passkeys.broken': 'Das hat nicht geklappt. Bitte versuch es noch einmal, oder nimm einen anderen Weg.',
  'passkeys.known': 'Dieses Gerät hat schon einen Passkey für dein Konto.',
  'passkeys.too_many': 'Mehr als {max} Passkeys passen nicht hinein. Entferne einen, den du nicht mehr benutzt.',
  'passkeys.failed':
    'Dieser Passkey ließ sich nicht prüfen, darum wurde er nicht behalten. Bitte versuch es noch einmal.',
  'passkeys.wrong': 'Dieser Passkey öffnet hier nichts. Vielleicht wurde er aus seinem Konto entfernt.',
  'passkeys.late': 'Das hat zu lange gedauert oder wurde schon beantwortet. Bitte versuch es noch einmal.',
  'passkeys.last_way': 'Das ist der einzige Weg in dein Konto. Leg erst ein Passwort fest, und entferne ihn dann.',
  'passkeys.required': 'Diese Website verlangt von allen Mitgliedern einen zweiten Faktor, und das ist dein einziger.',

  'mail.two_factor_on.subject': 'Der zweite Faktor ist eingeschaltet',
  'mail.two_factor_on.lead':
    'Zur Anmeldung bei deinem Konto „{username}“ gehört jetzt auch ein Code einer Authenticator-App. Überall, wo du angemeldet warst, bist du abgemeldet.',
  'mail.two_factor_on.button': 'Das war ich nicht',
  'mail.two_factor_on.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, und sieh deine Passkeys durch.',

  'mail.two_factor_off.subject': 'Der zweite Faktor ist aus',
  'mail.two_factor_off.lead': 'Dein Konto „{username}“ lässt sich wieder mit dem Passwort allein öffnen.',
  'mail.two_factor_off.button': 'Das war ich nicht',
  'mail.two_factor_off.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, und sieh deine Passkeys durch.',

  'mail.recovery_codes.subject': 'Neue Wiederherstellungscodes',
  'mail.recovery_codes.lead':
    'Für dein Konto „{username}“ wurden neue Wiederherstellungscodes erstellt. Die alten gelten nicht mehr.',
  'mail.recovery_codes.button': 'Das war ich nicht',
  'mail.recovery_codes.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, und sieh deine Passkeys durch.',

  'mail.passkey_added.subject': 'Ein Passkey wurde hinzugefügt',
  'mail.passkey_added.lead':
    'Der Passkey „{name}“ wurde deinem Konto „{username}“ hinzugefügt: Er meldet ohne Passwort an.',
  'mail.passkey_added.button': 'Das war ich nicht',
  'mail.passkey_added.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, und sieh deine Passkeys durch.',

  'mail.passkey_removed.subject': 'Ein Passkey wurde entfernt',
  'mail.passkey_removed.lead': 'Der Passkey „{name}“ öffnet dein Konto „{username}“ nicht mehr.',
  'mail.passkey_removed.button': 'Das war ich nicht',
  'mail.passkey_removed.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, und sieh deine Passkeys durch.',
};
