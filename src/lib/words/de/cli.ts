import type { cliWords as english } from '../en/cli.ts';
import type { Phrase } from '../index.ts';

/** Accounts, as those see them who run the site, in German. A role is named by what it does, not by a person. */
export const cliWords: Record<keyof typeof english, Phrase> = {
  'cli.about':
    'Befehle für alle, die diese Bowerbird-Website betreiben. Für sie gelten dieselben Einstellungen wie für die Website selbst.',
  'cli.user': 'Konten',
  'cli.user_list': 'listet alle Konten: Name, E-Mail, Rolle, Tag der Registrierung',
  'cli.user_create': 'legt ein Konto an; das Passwort kommt von der Standardeingabe',
  'cli.user_disable': 'meldet jemanden überall ab und verbirgt, was dieser Person gehört',
  'cli.user_enable': 'lässt jemanden wieder herein, und alles ist wie zuvor',
  'cli.user_promote': 'gibt einem Konto eine Rolle: member, moderator oder admin (ohne Angabe diese)',
  'cli.user_reset': 'zeigt einen Link, mit dem jemand ein neues Passwort festlegt',
  'cli.invite': 'zeigt einen Link, mit dem sich jemand registriert',
  'cli.type_password': 'Gib das Passwort ein, dann die Eingabetaste:',
  'cli.created': '{name} hat jetzt ein Konto.',
  'cli.nobody': 'Es gibt kein Konto mit dem Namen {name}.',
  'cli.no_role': 'Eine Rolle {role} gibt es nicht, nur member, moderator und admin.',
  'cli.is_disabled': '{name} ist gesperrt und überall abgemeldet.',
  'cli.is_enabled': '{name} kann sich wieder anmelden.',
  'cli.is_role': '{name} hat jetzt die Rolle {role}.',
  'cli.disabled': 'gesperrt',
  'cli.role.member': 'Mitglied',
  'cli.role.moderator': 'Moderation',
  'cli.role.admin': 'Administration',
  'admin.heading': 'Konten',
  'admin.lead':
    'Alle, die sich registriert haben. Ein gesperrtes Mitglied ist sofort abgemeldet, und niemand sieht, was ihm gehört.',
  'admin.role': 'Rolle',
  'admin.give_role': 'Rolle geben',
  'admin.give_role.which': '{name} diese Rolle geben',
  'admin.disable': 'Sperren',
  'admin.disable.which': '{name} sperren',
  'admin.enable': 'Entsperren',
  'admin.enable.which': '{name} entsperren',
  'admin.changed': 'Erledigt.',
  'admin.not_yourself': 'Das ist dein eigenes Konto. Ändern kann es nur jemand anderes, der die Website mitbetreibt.',
};
