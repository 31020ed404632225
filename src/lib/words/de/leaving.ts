import type { leavingWords as english } from '../en/leaving.ts';
import type { Phrase } from '../index.ts';

/** One's own data as a zip, and leaving for good, in German. */
export const leavingWords: Record<keyof typeof english, Phrase> = {
  'data.heading': 'Deine Daten',
  'data.lead':
    'Alles, was dir hier gehört, in einer ZIP-Datei: jedes Bild, wie du es gespeichert hast und in jeder Größe, was dazu geschrieben ist, deine Boards, Kommentare, „Gefällt mir“ und wem du folgst, dein Profil und was mit deinem Konto geschehen ist.',
  'data.ask': 'ZIP-Datei erstellen',
  'data.again': 'Eine neue erstellen',
  'data.again.words': 'Die obige verschwindet, wenn eine neue begonnen wird.',
  'data.how':
    'Das kann eine Weile dauern. Du bekommst eine Mail, wenn die Datei fertig ist, und findest sie {days} Tage lang hier.',
  'data.asked': 'Deine ZIP-Datei entsteht. Du musst hier nicht warten: Eine Mail sagt dir, wenn sie fertig ist.',
  'data.under_way': 'Deine ZIP-Datei entsteht schon.',
  'data.making': 'Deine ZIP-Datei entsteht: {percent}\u00a0%',
  'data.making.bar': 'Wie weit sie ist',
  'data.look': 'Noch einmal nachsehen',
  'data.stalled': 'Das dauert länger, als es sollte: Vielleicht ist etwas schiefgegangen. Du kannst von vorn anfangen.',
  'data.ready': 'Deine ZIP-Datei ist fertig',
  'data.ready.until': 'Nur für dich, hier bis',
  'data.download': 'Herunterladen',
  'data.readme':
    'Das hast du auf {site} aufbewahrt.\n\nbowerbird.json   wer du hier bist, wie deine Bilder heißen, Boards, Kommentare, „Gefällt mir“, wem du folgst\nimages/NUMBER/   die Dateien jedes Bildes: das Original, wie du es gespeichert hast, und seine kleineren Größen\nphoto/           dein Foto, in zwei Größen\n\nWas die Teile bedeuten, steht im Handbuch für Mitglieder.\n',

  'leaving.heading': 'Konto löschen',
  'leaving.lead':
    'Du bist sofort überall abgemeldet, und dein Profil und deine Bilder sind für alle verschwunden. {days} Tage lang kannst du zurückkommen: Melde dich an und nimm es zurück. Danach wird alles endgültig gelöscht.',
  'leaving.goes': 'Was verschwindet',
  'leaving.goes.words':
    'Deine Bilder in jeder Größe, deine Boards, deine „Gefällt mir“ und wem du folgst, dein Profil, dein Foto und deine E-Mail-Adresse.',
  'leaving.stays': 'Was bleibt',
  'leaving.stays.words':
    'Deine Kommentare zu den Bildern anderer, als die eines gelöschten Mitglieds. Lösch sie vorher, wenn sie nicht bleiben sollen. Deinen Namen kann ein halbes Jahr lang niemand sonst nehmen.',
  'leaving.data': 'Nimm vorher deine Daten mit',
  'leaving.confirm': 'Um fortzufahren, gib deinen Benutzernamen ein: {name}',
  'leaving.send': 'Mein Konto löschen',
  'leaving.not_confirmed': 'Bitte gib deinen Benutzernamen ein, {name}, damit das niemandem aus Versehen passiert.',
  'leaving.only_admin':
    'Nur du betreibst diese Website. Gib erst noch jemandem die Rolle „Administration“, sonst könnte sich niemand um sie kümmern.',
  // Shown to a visitor by then, whose messages carry no numbers.
  'leaving.asked':
    'Dein Konto ist nicht mehr zu sehen und wird in 14 Tagen endgültig gelöscht. Bis dahin kannst du dich anmelden und das zurücknehmen; eine Mail sagt, bis wann.',
  'leaving.return_first':
    'Dieses Konto wird am {date} gelöscht. Um das zurückzunehmen, sende ein POST an /account/return.',
  'leaving.return.heading': 'Willkommen zurück?',
  'leaving.return.lead':
    'Du wolltest, dass dein Konto gelöscht wird. Am {date} wird alles darin endgültig gelöscht. Nimm das zurück, und alles ist, wie es war.',
  'leaving.return.send': 'Zurücknehmen und anmelden',
  'leaving.return.stay': 'Es dabei lassen',
  'leaving.back': 'Schön, dass du wieder da bist: Alles ist, wie es war.',

  'mail.exported.subject': 'Deine Daten sind fertig',
  'mail.exported.lead':
    'Die ZIP-Datei, die du haben wolltest, mit allem von „{username}“, ist fertig. Sie bleibt {days} Tage lang liegen.',
  'mail.exported.button': 'Herunterladen',
  'mail.exported.after':
    'Du musst dich anmelden: Die Datei ist nur für dich. Wenn du sie nicht haben wolltest, ist jemand in deinem Konto: Ändere dein Passwort.',

  'mail.deletion_asked.subject': 'Dein Konto wird gelöscht',
  'mail.deletion_asked.lead':
    'Das Konto „{username}“ ist nicht mehr zu sehen, wie du es wolltest, und wird am {date} endgültig gelöscht.',
  'mail.deletion_asked.button': 'Anmelden und zurücknehmen',
  'mail.deletion_asked.after':
    'Wenn du das nicht warst, melde dich an, nimm es zurück und ändere sofort dein Passwort. Wenn doch, ist nichts zu tun.',

  'mail.deletion_near.subject': 'Dein Konto wird bald gelöscht',
  'mail.deletion_near.lead':
    'Am {date} wird alles im Konto „{username}“ endgültig gelöscht, wie du es wolltest. Das ist die letzte Mail dazu.',
  'mail.deletion_near.button': 'Anmelden und zurücknehmen',
  'mail.deletion_near.after': 'Wenn du es immer noch loswerden willst, ist nichts zu tun.',
};
