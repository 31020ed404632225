import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** A mail as its reader has it, beside what the server was told about it. */
export interface Received {
  from: string;
  to: string[];
  raw: string;
  mail: Email;
  /** Whether it came encrypted, and who signed in to send it. */
  secure: boolean;
  user: string | null;
}

export interface PostOffice {
  url: string;
  port: number;
  received: Received[];
  close(): Promise<void>;
}

interface Options extends SMTPServerOptions {
  port?: number;
  /** Answers an error for an address that is not to be taken. */
  refuse?(address: string): (Error & { responseCode: number }) | null;
}

async function keep(stream: Readable, { envelope, secure, user }: SMTPServerSession): Promise<Received> {
  const raw = await buffer(stream);
  const { mailFrom, rcptTo } = envelope;
  return {
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map(({ address }) => address),
    raw: raw.toString(),
    mail: await PostalMime.parse(raw),
    secure,
    user: user ?? null,
  };
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function openPostOffice({ port = 0, refuse, ...more }: Options = {}): Promise<PostOffice> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: more.key ? [] : ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    logger: false,
    onRcptTo: ({ address }, _session, done) => done(refuse?.(address) ?? null),
    onData(stream, session, done) {
      void (async () => {
        try {
          received.push(await keep(stream, session));
          done();
        } catch (error) {
          done(error as Error);
        }
      })();
    },
    ...more,
  });
  // Whoever hangs up in the middle is a part of some tests.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const { port: taken } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `smtp://127.0.0.1:${taken}`, port: taken, received, close };
}

/** The mails that lie in a folder of .eml files. */
export async function readFolder(dataDir: string): Promise<Email[]> {
  const folder = join(dataDir, 'mail');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
}

/** The mails for one address of a site, once its jobs are done. */
export async function mailFor(site: { dataDir: string; settled(): Promise<void> }, to: string): Promise<Email[]> {
  await site.settled();
  return (await readFolder(site.dataDir)).filter((mail) => mail.to?.some(({ address }) => address === to));
}

/** The link of a mail that leads into the site, as a path. */
export function linkIn(mail: Email | undefined): string {
  const href = /^https?:\/\/\S+\/account\/\S+$/m.exec(mail?.text ?? '')?.[0];
  if (!href) throw new Error(`no link in the mail: ${mail?.text ?? 'none came'}`);
  return href.replace(/^https?:\/\/[^/]+/, '');
}
