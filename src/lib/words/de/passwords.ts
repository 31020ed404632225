import type { passwordWords as english } from '../en/passwords.ts';
import type { Phrase } from '../index.ts';

/** Passwords, email addresses and invitations, in German. */
export const passwordWords: Record<keyof typeof english, Phrase> = {
  'password.change': 'Passwort ändern',
  'password.change.lead': 'Überall sonst wirst du abgemeldet. Eine Mail sagt dir, dass es geschehen ist.',
  'password.old': 'Dein bisheriges Passwort',
  'password.next': 'Neues Passwort',
  'password.next.hint': 'Mindestens 8 Zeichen. Lang ist gut: ein paar Wörter, die nur du so zusammenstellen würdest.',
  'password.next2': 'Noch einmal das neue Passwort',
  'password.change.send': 'Ändern',
  'password.wrong_old': 'Das ist nicht dein Passwort. Bitte versuch es noch einmal.',
  'password.changed': 'Dein Passwort ist geändert',
  'password.changed.lead': 'Überall sonst bist du jetzt abgemeldet.',
  'password.changed.on': 'Wo du angemeldet bist',
  'password.changed.tokens': 'Deine Skripte kommen weiter herein',
  'password.changed.tokens.lead':
    'Tokens gelten auch mit dem neuen Passwort weiter. Widerrufe die, die du nicht kennst, und alle, wenn jemand anderes das alte Passwort kannte.',
  'password.tokens_revoked':
    'Auch die Tokens deiner Skripte sind widerrufen. Erstell neue für die, die du noch brauchst.',
  'password.forgotten': 'Passwort vergessen?',

  'password.reset': 'Neues Passwort festlegen',
  'password.reset.lead': 'Nenn uns die E-Mail-Adresse deines Kontos, und wir senden einen Link dorthin.',
  'password.reset.send': 'Link senden',
  'password.sent': 'Sieh in deine Mails',
  'password.sent.lead':
    'Wenn zu der Adresse ein Konto gehört, ist eine Mail mit einem Link dorthin unterwegs. Der Link gilt einmal, eine Stunde lang.',
  'password.sent.none':
    'Nach ein paar Minuten noch nichts da? Sieh bei den unerwünschten Mails nach, oder prüf die Adresse und versuch es noch einmal.',
  'password.again': 'Einen neuen Link anfordern',
  'password.new': 'Wähle ein neues Passwort',
  'password.new.lead':
    'Überall, wo du angemeldet warst, wirst du abgemeldet, und die Tokens deiner Skripte werden widerrufen.',
  'password.new.send': 'Dieses Passwort festlegen',
  'password.complete.lead': 'Du kannst dich jetzt damit anmelden. Überall sonst bist du abgemeldet.',
  'password.complete.look':
    'Wenn jemand anderes in deinem Konto war, sieh als Nächstes nach deinem zweiten Faktor, deinen Passkeys und deiner E-Mail-Adresse: Ein neues Passwort lässt sie, wie sie sind.',

  'link.heading': 'Dieser Link gilt nicht mehr',
  'link.over': 'Dieser Link wurde schon benutzt, oder seine Stunde ist vorbei. Du kannst einen neuen anfordern.',

  'confirm.heading': 'Ein Schritt fehlt noch',
  'confirm.sent': 'Sieh in deine Mails',
  'confirm.sent.lead':
    'An die Adresse, die du angegeben hast, ist eine Mail unterwegs. Folge dem Link darin, und dein Konto ist bereit.',
  'confirm.sent.again':
    'Nach ein paar Minuten keine Mail da? Sieh bei den unerwünschten Mails nach, oder lass sie noch einmal senden.',
  'confirm.again': 'Link noch einmal senden',
  'confirm.resent': 'Wenn jemand mit dieser Adresse wartet, ist noch eine Mail unterwegs.',
  'confirm.join': 'Bestätige, dass {email} dir gehört, und das Konto „{username}“ ist bereit.',
  'confirm.email': 'Bestätige, dass {email} dir gehört. Das Konto „{username}“ hat von da an diese Adresse.',
  'confirm.send': 'Bestätigen',
  'confirm.done_email': 'Dein Konto hat seine neue Adresse.',
  'confirm.taken':
    'Inzwischen hat jemand anderes diesen Namen oder diese Adresse genommen. Bitte registrier dich noch einmal, oder melde dich an.',
  'account.unconfirmed':
    'Deine E-Mail-Adresse ist noch nicht bestätigt. Bitte folge dem Link in der Mail, die wir dir gesendet haben; du kannst sie dir noch einmal senden lassen.',

  'email.heading': 'Deine E-Mail-Adresse',
  'email.lead': 'Mails gehen an {email}. Sonst sieht die Adresse niemand.',
  'email.next': 'Neue Adresse',
  'email.hint': 'Dorthin geht ein Link. Bis du ihm folgst, bleibt die alte Adresse; auch dorthin geht eine Nachricht.',
  'email.send': 'Link senden',
  'email.same': 'Diese Adresse hat dein Konto schon.',
  'email.sent': 'Ein Link ist unterwegs an {email}. Folge ihm binnen einer Stunde.',

  'join.closed':
    'Diese Website nimmt gerade keine neuen Mitglieder auf. Wenn du ein Konto hast, kannst du dich anmelden.',
  'join.invite_needed':
    'Hier registriert man sich mit einer Einladung. Bitte jemanden darum, der die Website betreibt, und öffne den Link, den du bekommst.',
  'join.invite_over': 'Diese Einladung wurde schon benutzt, oder ihre Zeit ist vorbei. Bitte um eine neue.',

  'invitations.heading': 'Jemanden einladen',
  'invitations.lead':
    'Mit einem Link kann sich eine Person registrieren, binnen {days} Tagen. Nötig ist er, wenn REGISTRATION=invite gilt.',
  'invitations.email': 'Für wen die Einladung ist',
  'invitations.email.hint': 'Nur für das Protokoll: Den Link sendest du selbst.',
  'invitations.make': 'Link erstellen',
  'invitations.made': 'Das wird nur einmal gezeigt: Kopier es jetzt.',
  'invitations.link': 'Der Link der Einladung',

  'strength.short': 'Noch zu kurz.',
  'strength.easy': 'Das wird zuerst probiert: leicht zu erraten.',
  'strength.fair': 'Könnte länger sein.',
  'strength.good': 'Gut.',
  'strength.great': 'Sehr gut.',
};
