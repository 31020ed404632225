import type { mailWords as english } from '../en/mail.ts';
import type { Phrase } from '../index.ts';

/** The mails, in German. */
export const mailWords: Record<keyof typeof english, Phrase> = {
  'mail.address': 'Das ist keine Adresse, an die eine Mail gehen könnte.',
  'mail.refused': 'Der Mailserver nimmt diese Mail nicht an.',
  'mail.foot': 'Du bekommst diese Mail wegen eines Kontos auf {site}. Antworten darauf liest niemand.',

  'mail.confirm.subject': 'Bestätige deine Adresse, {username}',
  'mail.confirm.lead':
    'Willkommen! Ein Schritt fehlt noch: Bestätige, dass diese Adresse dir gehört, und dein Konto „{username}“ ist bereit.',
  'mail.confirm.button': 'Meine Adresse bestätigen',
  'mail.confirm.after':
    'Der Link gilt einmal, eine Stunde lang. Wenn du kein Konto wolltest, tu nichts: Ohne diesen Schritt entsteht keines.',

  'mail.known.subject': 'Du hast schon ein Konto',
  'mail.known.lead':
    'Jemand, vielleicht du, wollte mit dieser Adresse ein neues Konto. Zu ihr gehört schon eines, mit dem Namen „{username}“. Nichts hat sich geändert.',
  'mail.known.button': 'Anmelden oder neues Passwort festlegen',
  'mail.known.after': 'Wenn du das nicht warst, ist nichts zu tun.',

  'mail.reset.subject': 'Ein neues Passwort für {username}',
  'mail.reset.lead': 'Jemand, hoffentlich du, wollte ein neues Passwort für das Konto „{username}“.',
  'mail.reset.button': 'Neues Passwort wählen',
  'mail.reset.after':
    'Der Link gilt einmal, eine Stunde lang. Wenn du das nicht wolltest, tu nichts: Dein Passwort bleibt, wie es ist.',

  'mail.password_changed.subject': 'Dein Passwort wurde geändert',
  'mail.password_changed.lead':
    'Das Passwort deines Kontos „{username}“ wurde gerade geändert. Überall sonst bist du jetzt abgemeldet.',
  'mail.password_changed.button': 'Das war ich nicht',
  'mail.password_changed.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest.',

  'mail.password_and_tokens.subject': 'Dein Passwort wurde geändert',
  'mail.password_and_tokens.lead':
    'Das Passwort deines Kontos „{username}“ wurde gerade neu festgelegt, über einen Link in einer Mail. Überall, wo du angemeldet warst, bist du abgemeldet, und die Tokens deiner Skripte sind widerrufen: {tokens}.',
  'mail.password_and_tokens.button': 'Das war ich nicht',
  'mail.password_and_tokens.after':
    'Wenn du das warst, erstell neue Tokens für die Skripte, die du noch brauchst. Wenn nicht, leg sofort ein neues Passwort fest.',

  'mail.username_changed.subject': 'Dein Konto hat einen neuen Namen',
  'mail.username_changed.lead':
    'Dein Konto „{name}“ heißt von jetzt an „{username}“: hier, und wenn du dich mit dem Namen anmeldest. Ein halbes Jahr lang führt der alte Name noch zu deinem Profil, und niemand sonst bekommt ihn.',
  'mail.username_changed.button': 'Das war ich nicht',
  'mail.username_changed.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest und nimm den alten Namen zurück.',

  'mail.token_made.subject': 'Ein Token wurde erstellt',
  'mail.token_made.lead':
    'Mit dem Token „{name}“, das gerade erstellt wurde, kann ein Skript im Namen deines Kontos „{username}“ sprechen.',
  'mail.token_made.button': 'Das war ich nicht',
  'mail.token_made.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, über diesen Link: Damit sind alle Tokens widerrufen.',

  'mail.feed_key_made.subject': 'Eine geheime Adresse wurde erstellt',
  'mail.feed_key_made.lead':
    'Wer die geheime Adresse hat, die gerade erstellt wurde, liest den Feed so, wie dein Konto „{username}“ ihn sehen darf.',
  'mail.feed_key_made.button': 'Das war ich nicht',
  'mail.feed_key_made.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, über diesen Link: Damit gilt auch die Adresse nicht mehr.',

  'mail.identity_linked.subject': 'Ein weiterer Weg in dein Konto',
  'mail.identity_linked.lead':
    'Dein Konto „{username}“ lässt sich von jetzt an auch mit einer Anmeldung bei {name} öffnen.',
  'mail.identity_linked.button': 'Das war ich nicht',
  'mail.identity_linked.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest, melde dich an und entferne, was du nicht kennst.',

  'mail.identity_unlinked.subject': 'Ein Weg weniger in dein Konto',
  'mail.identity_unlinked.lead': 'Eine Anmeldung bei {name} öffnet dein Konto „{username}“ nicht mehr.',
  'mail.identity_unlinked.button': 'Das war ich nicht',
  'mail.identity_unlinked.after':
    'Wenn du das warst, ist nichts zu tun. Wenn nicht, leg sofort ein neues Passwort fest.',

  'mail.email_change.subject': 'Bestätige deine neue Adresse',
  'mail.email_change.lead': 'Das Konto „{username}“ soll von jetzt an diese Adresse haben.',
  'mail.email_change.button': 'Diese Adresse bestätigen',
  'mail.email_change.after':
    'Der Link gilt einmal, eine Stunde lang. Wenn du das nicht wolltest, tu nichts: Das Konto behält die Adresse, die es hat.',

  'mail.email_known.subject': 'Zu dieser Adresse gehört schon ein Konto',
  'mail.email_known.lead':
    'Jemand, vielleicht du, wollte diese Adresse für das Konto „{other}“ verwenden. Sie gehört schon zum Konto „{username}“, darum hat sich nichts geändert.',
  'mail.email_known.after': 'Wenn du das nicht warst, ist nichts zu tun.',

  'mail.email_asked.subject': 'Eine neue Adresse für dein Konto',
  'mail.email_asked.lead':
    'Jemand, hoffentlich du, möchte, dass das Konto „{username}“ eine andere Adresse hat. Dorthin ging eine Mail; bis ihrem Link jemand folgt, bleibt diese Adresse.',
  'mail.email_asked.button': 'Das war ich nicht',
  'mail.email_asked.after':
    'Wenn du das nicht warst, leg sofort ein neues Passwort fest: Das beendet auch die Änderung.',

  'mail.notices.subject': { one: 'Etwas Neues für {username}', other: '{count}-mal Neues für {username}' },
  'mail.notices.lead': 'Das haben andere getan, soweit du es noch nicht gelesen hast:',
  'mail.notices.button': 'Alles ansehen',
  'mail.notices.leave': 'Keine solchen Mails mehr',

  'mail.email_changed.subject': 'Dein Konto hat eine neue Adresse',
  'mail.email_changed.lead':
    'Das Konto „{username}“ hat jetzt eine andere Adresse: {email}. Hierher kommen keine Mails mehr.',
  'mail.email_changed.after': 'Wenn du das nicht warst, schreib denen, die die Website betreiben.',
};
