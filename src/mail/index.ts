export type { MailKind } from './letter.ts';
export { createMailer, type Mailer, type MailerOptions } from './mailer.ts';
export { sendJob, sendLater, sendNow, type Mail, type Sending } from './send.ts';
