import { viewOf } from '../lib/views.ts';
import { isWordKey, languageNow, words, type Params, type WordKey } from '../lib/words/index.ts';

/**
 * Each kind of mail is a few sentences of the catalogue: `mail.KIND.subject`, `mail.KIND.lead`, and where there is more to
 * say `mail.KIND.button` (the words of the link that `params.link` leads to) and `mail.KIND.after`, and `mail.KIND.leave` where `params.leave` leads to an end of such mails. A new kind is new words.
 */
export type MailKind = {
  [Key in WordKey]: Key extends `mail.${infer Kind}.subject` ? Kind : never;
}[WordKey];

/** What a mail says, in both of its forms. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

const LONGEST_SUBJECT = 200;

/** What a mail lists, below its first sentence. */
export interface Line {
  words: string;
  link: string | null;
}

/** Writes a mail of the given kind; whatever goes into its sentences becomes one line of printable text. */
export function writeLetter(kind: MailKind, given: Params, lines: readonly Line[] = []): Letter {
  const params = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, oneLine(value)]));
  const part = (name: string): string | null => {
    const key = `mail.${kind}.${name}`;
    return isWordKey(key) ? words(key, params) : null;
  };
  const button = part('button');
  const parts = {
    subject: (part('subject') ?? '').slice(0, LONGEST_SUBJECT).toWellFormed(),
    lead: part('lead'),
    button,
    link: button === null ? null : String(params['link'] ?? ''),
    lines: lines.map((line) => ({ ...line, words: String(oneLine(line.words)) })),
    after: part('after'),
    leave: part('leave'),
    leaveLink: String(params['leave'] ?? ''),
    foot: words('mail.foot', { site: String(params['site'] ?? '') }),
  };
  return { subject: parts.subject, text: asText(parts), html: asHtml(parts) };
}

type Parts = Record<'lead' | 'button' | 'link' | 'after' | 'leave', string | null> & {
  subject: string;
  foot: string;
  lines: readonly Line[];
  leaveLink: string;
};

/** C0, DEL, C1 and the marks that turn a line around or break it: none of them may reach a header or a sentence. */
const oneLine = (value: Params[string]): string | number =>
  typeof value === 'number'
    ? value
    : String(value)
        .toWellFormed()
        .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ');

function asText({ lead, lines, button, link, after, leave, leaveLink, foot }: Parts): string {
  const listed = lines.map((line) => [`- ${line.words}`, line.link && `  ${line.link}`].filter(Boolean).join('\n'));
  const left = leave && `${leave}:\n${leaveLink}`;
  const paragraphs = [lead, listed.join('\n'), button && `${button}:\n${link}`, after, left, `-- \n${foot}`];
  return `${paragraphs.filter(Boolean).join('\n\n')}\n`;
}

const asHtml = (parts: Parts): string => viewOf('mail/letter')({ ...parts, lang: languageNow(), dir: 'ltr' });
