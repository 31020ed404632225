import type { identityWords as english } from '../en/identities.ts';
import type { Phrase } from '../index.ts';

export const identityWords: Record<keyof typeof english, Phrase> = {
  'identity.with': 'Mit {name} anmelden',
  'identity.again_with': 'Mit {name} bestätigen',
  'identity.leaving': 'Weiter zu {name}',
  'identity.leaving.words': 'Du wirst zu {name} gebracht. Falls nichts geschieht:',
  'identity.leaving.go': 'Weiter zu {name}',
  'identity.heading': 'Anmelden mit\u00a0…',
  'identity.lead':
    'Konten anderswo, mit denen sich dieses hier öffnen lässt. Eine E-Mail-Adresse allein genügt dafür nie.',
  'identity.link': 'Verknüpfen',
  'identity.link.which': '{name} verknüpfen',
  'identity.unlink': 'Trennen',
  'identity.unlink.which': 'Von {name} trennen',
  'identity.since': 'Verknüpft seit',
  'identity.used': 'Zuletzt benutzt',
  'identity.none': 'Nicht verknüpft.',
  'identity.newcomer': 'Nur noch eins',
  'identity.newcomer.lead': '{name} hat uns gesagt, wer du bist. Wie möchtest du hier heißen?',
  'identity.newcomer.email_fixed': 'Von {name}. Sonst sieht sie niemand.',
  'identity.newcomer.send': 'Mein Konto erstellen',
  'identity.linked': 'Verknüpft. Von jetzt an kannst du dich damit anmelden.',
  'identity.unlinked': 'Getrennt.',
  'identity.away':
    '{name} antwortet gerade nicht. Bitte versuch es später noch einmal oder melde dich auf anderem Weg an.',
  'identity.refused':
    '{name} hat dich nicht eingelassen, oder was zurückkam, gehört nicht zu dem, was hier begonnen wurde. Bitte versuch es noch einmal.',
  'identity.not_begun':
    'Diese Anmeldung wurde nicht in diesem Browser begonnen oder vor zu langer Zeit. Bitte beginn auf der Anmeldeseite noch einmal.',
  'identity.not_yours': 'Dieses Konto anderswo gehört nicht zu dem Konto, mit dem du angemeldet bist.',
  'identity.other_account': 'Mit diesem Konto anderswo öffnet sich hier schon ein anderes Konto.',
  'identity.last_way': 'Nur so kannst du dich anmelden. Leg erst ein Passwort fest oder füg einen Passkey hinzu.',
  'identity.closed':
    'Dieses Konto anderswo ist hier noch mit keinem Konto verknüpft, und auf diesem Weg nimmt die Website keine neuen Mitglieder auf. Wenn du hier ein Konto hast, melde dich an und verknüpf es.',
  'identity.unconfirmed':
    'Deine E-Mail-Adresse ist dort nicht bestätigt. Registrier dich mit E-Mail und Passwort und verknüpf dieses Konto danach.',
  'setting.needed': '{name} fehlt: {because} braucht es.',
};
