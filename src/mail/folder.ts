import { createTransport } from 'nodemailer';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from './mailer.ts';

/**
 * Writes each mail into a file of its own that its owner alone can read: links in it open accounts. The name holds the id
 * of the mail, which nobody can guess, and stays the same when the mail is written once more.
 */
export function createFolder(folder: string): (message: Message) => Promise<void> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return async (message) => {
    const { message: bytes } = await composer.sendMail(message);
    if (!Buffer.isBuffer(bytes)) throw new Error('the mail was not composed at once');
    const name = /^<([\w-]+)@/.exec(String(message.messageId))?.[1];
    if (!name) throw new Error('the mail has no id to be kept under');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${name}.part`);
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, `${name}.eml`));
  };
}
