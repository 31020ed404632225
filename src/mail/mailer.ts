import { createTransport, type Transporter } from 'nodemailer';
import { join } from 'node:path';
import { Refusal } from '../errors.ts';
import type { MailSetting, SmtpSetting } from '../lib/mail-settings.ts';
import { createFolder } from './folder.ts';
import type { Letter } from './letter.ts';

/** One letter to one address, under an id that stays the same however often it is tried. */
export interface Outgoing extends Letter {
  id: string;
  to: string;
  /** Where a mail program can end such mails by itself (RFC 8058). */
  unsubscribe?: string;
}

export interface Mailer {
  /** Where the mails lie, when no server takes them. */
  folder: string | null;
  /** @throws Refusal when the server said for good that it does not take this mail; anything else may pass */
  send(mail: Outgoing): Promise<void>;
}

export interface MailerOptions {
  setting: MailSetting;
  dataDir: string;
  /** What tests set: the authority of a server of their own, in PEM. */
  ca?: string;
}

/** Whoever wants several people to get a mail, or a header of their own in it, fails here, whatever was checked before. */
const ONE_ADDRESS = /^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+$/u;

/** The way out for mail: the configured server, or a folder of .eml files. */
export function createMailer({ setting, dataDir, ca }: MailerOptions): Mailer {
  const { smtp, from } = setting;
  const host = from.address.slice(from.address.lastIndexOf('@') + 1);
  const folder = smtp ? null : join(dataDir, 'mail');
  const deliver = smtp ? overSmtp(createTransport(smtpOptions(smtp, ca))) : createFolder(folder ?? '');
  return {
    folder,
    async send({ id, to, unsubscribe, ...letter }) {
      if (!ONE_ADDRESS.test(to) || to.length > 254) throw new Refusal(422, 'address', 'mail.address');
      await deliver({
        ...letter,
        from,
        to: { name: '', address: to },
        envelope: { from: from.address, to: [to] },
        messageId: `<${id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribe ? leaving(unsubscribe) : {}) },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
  };
}

/** As they are: an address that is folded or encoded is none. */
const leaving = (address: string) => ({
  'List-Unsubscribe': { prepared: true, value: `<${address}>` },
  'List-Unsubscribe-Post': { prepared: true, value: 'List-Unsubscribe=One-Click' },
});

export type Message = Parameters<Transporter['sendMail']>[0];

/** A server that hangs must not hold a worker for long; the job comes again. */
const PATIENCE_MS = 10_000;

const isOwn = (host: string) => /^(localhost|127\.[\d.]+|::1)$/.test(host);

function smtpOptions({ host, port, secure, user, password }: SmtpSetting, ca?: string) {
  return {
    host,
    port,
    secure,
    // A password goes over the wire encrypted or not at all: whoever strips STARTTLS from the answer gets nothing.
    requireTLS: !secure && user !== null && !isOwn(host),
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    dnsTimeout: PATIENCE_MS,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: 2 * PATIENCE_MS,
  };
}

const overSmtp = (transport: Transporter) => async (message: Message) => {
  try {
    await transport.sendMail(message);
  } catch (error) {
    throw isForGood(error) ? new Refusal(422, 'mail_refused', 'mail.refused', { cause: error }) : error;
  }
};

/** 5xx said of this recipient or this mail. Of a sign-in it may be the operator's mistake, which can be mended: try again. */
function isForGood(error: unknown): boolean {
  const { responseCode = 0, command = '' } = error as { responseCode?: number; command?: string };
  return responseCode >= 500 && /^(RCPT TO|DATA)$/.test(command);
}
