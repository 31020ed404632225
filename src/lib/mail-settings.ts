import { isIP } from 'node:net';
import { WrongSetting, type Settings } from './settings.ts';

/** A mail server as SMTP_URL names it. */
export interface SmtpSetting {
  host: string;
  port: number;
  /** TLS from the first byte (smtps://); otherwise STARTTLS where the server offers it. */
  secure: boolean;
  user: string | null;
  password: string | null;
}

export interface MailSetting {
  /** Null: mail is written to a folder. */
  smtp: SmtpSetting | null;
  from: { name: string; address: string };
}

const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };

/** SMTP_URL and MAIL_FROM. A wrong SMTP_URL is named and never repeated, since it may hold a password. */
export const readMail = (settings: Settings, baseUrl: string): MailSetting => ({
  smtp: readSmtp(settings.text('SMTP_URL')),
  from: readFrom(settings.text('MAIL_FROM'), baseUrl),
});

function readSmtp(value: string | undefined): SmtpSetting | null {
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const port = url && PORTS[url.protocol];
  if (!url || !port || !url.hostname || url.pathname.length > 1 || url.search || url.hash) throw wrongSmtp();
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || port,
    secure: url.protocol === 'smtps:',
    user: url.username ? decoded(url.username) : null,
    password: url.password ? decoded(url.password) : null,
  };
}

const wrongSmtp = () => new WrongSetting('setting.smtp', {});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrongSmtp();
  }
}

const ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[^\s@<>()\\,;"\p{C}]{1,255}$/u;

/** `Name <name@host>` or the bare address; without it nobody answers at the host of BASE_URL. */
function readFrom(value: string | undefined, baseUrl: string): MailSetting['from'] {
  const { hostname } = new URL(baseUrl);
  const host = isIP(hostname.replace(/[[\]]/g, '')) ? 'localhost' : hostname;
  if (value === undefined) return { name: 'Bowerbird', address: `no-reply@${host}` };
  const [, name = '', address = value] = /^([^<>\p{C}]{0,100}?)\s*<([^<>]*)>$/u.exec(value) ?? [];
  if (!ADDRESS.test(address)) throw new WrongSetting('setting.mail_from', { value });
  return { name: name.replaceAll('"', '').trim(), address };
}
