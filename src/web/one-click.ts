import type { Form } from './visit.ts';

/** What a mail program sends to the address of `List-Unsubscribe` when its reader wants no more mails (RFC 8058). */
export const isOneClick = (form: Form): boolean => form['List-Unsubscribe'] === 'One-Click';
