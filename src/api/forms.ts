import { isEmail } from '../accounts/index.ts';
import { z } from 'zod';
import { fitsTag, MAX_TAGS, readTags } from '../images/index.ts';
import { isData, MAX_ADDRESS, MAX_DATA_ADDRESS } from '../lib/pick/address.ts';
import { TIER_ORDER, type Tier } from '../lib/tiers.ts';
import { LANGUAGES } from '../lib/words/index.ts';
import { VISIBILITIES } from '../lib/visibility.ts';
import { provenanceFields } from './provenance.ts';
import { choice, flag, isPrintable, line, text } from './read.ts';

/** The forms of design.md §6: the same schemas check pages and scripts. */

/** As typed, to the last blank; how long it may be is said by `checkPassword`. */
const password = z.string({ error: 'field.text' }).max(5000, { error: 'account.password_long' }).default('');

export const newPasswordForm = z.object({ password, password2: password });

export const registerForm = z.object({
  username: line(200),
  email: line(400),
  password,
  password2: password,
  invite: line(100),
});

export const passwordChangeForm = z.object({ old_password: password, password, password2: password });

/** An address to write to; whose it is, is not said. */
export const emailForm = z.object({
  email: line(400).refine((value) => isEmail(value), { error: 'account.email_form' }),
});

/** Whom an invitation is for, if that is to be written down. */
export const invitationForm = z.object({
  email: line(400).refine((value) => value === '' || isEmail(value), { error: 'account.email_form' }),
});

export const loginForm = z.object({
  login: z.string({ error: 'field.text' }).default(''),
  password: z.string({ error: 'field.text' }).max(5000, { error: 'account.wrong_login' }).default(''),
});

const isWebAddress = (value: string) =>
  URL.canParse(value) && isPrintable(value) && /^https?:$/.test(new URL(value).protocol);

/** Where the page is: http(s) alone; kept without name, password and fragment, and never fetched. */
const pageUrl = z
  .string({ error: 'field.text' })
  .default('')
  .transform((value) => value.trim())
  .refine((value) => value === '' || (value.length <= MAX_ADDRESS && isWebAddress(value)), { error: 'field.page_url' })
  .transform((value) => (value ? withoutSecrets(value) : null));

function withoutSecrets(value: string): string {
  const url = new URL(value);
  url.username = url.password = url.hash = '';
  return url.href;
}

/** The address of an image: http(s) up to 8 kB or data:image/… up to 1 MB. Who listens behind it is for src/net to judge. */
const imageUrl = z
  .string({ error: 'field.text' })
  .default('')
  .transform((value) => value.trim())
  .refine((value) => value === '' || isImageAddress(value), { error: 'field.url' });

const isImageAddress = (value: string) =>
  isData(value) ? value.length <= MAX_DATA_ADDRESS : Buffer.byteLength(value) <= MAX_ADDRESS && isWebAddress(value);

/** The address of a page whose pictures are looked for. */
export const findForm = z.object({
  url: imageUrl.refine((value) => value !== '' && !isData(value), { error: 'field.page_url' }),
});

/** Written by the form itself: what is none is as good as left out. */
const refusedUrl = z
  .string()
  .catch('')
  .default('')
  .transform((value) => (value && !isData(value) && isImageAddress(value) ? value : null));

const tags = z
  .string({ error: 'field.text' })
  .or(z.array(z.string()).transform((names) => names.join(',')))
  .default('')
  .transform(readTags)
  .refine((names) => names.length <= MAX_TAGS && names.every(fitsTag), { error: 'field.tags' })
  .refine((names) => names.every(isPrintable), { error: 'field.unprintable' });

const about = {
  title: line(500),
  caption: text(5000),
  alt: text(1000),
  creator: line(500),
  licence: line(500),
  page_url: pageUrl,
  visibility: choice(VISIBILITIES),
  show_name: flag,
  resolution: choice(TIER_ORDER as readonly [Tier, ...Tier[]]),
  tags,
};

const once = z
  .preprocess((value) => value ?? '', line(100))
  .meta({ type: 'string', maxLength: 100 })
  .transform((key) => key || null);

export const createForm = z.object({
  ...about,
  ...provenanceFields,
  url: imageUrl,
  seen_url: imageUrl.transform((value) => (value && !isData(value) ? value : null)),
  board: line(100),
  board_title: line(500),
  nopin: flag,
  once,
  draft: line(100),
  /** The address that the site was refused, where the picture comes by hand now; and whether it was copied off the page. */
  refused_url: refusedUrl,
  copied: flag,
  duplicate: choice(['keep', 'replace']),
  replace: z.coerce.number({ error: 'field.duplicate' }).int({ error: 'field.duplicate' }).optional(),
});

export type CreateForm = z.infer<typeof createForm>;

/** Somebody's image, saved among one's own. */
export const copyForm = z.object({
  visibility: about.visibility,
  show_name: about.show_name,
  once,
  duplicate: choice(['keep']),
});

/** What was not sent stays as it is; a form sends everything, a script what it wants to change. */
export const editForm = z.object({ ...about, tags }).partial();

/** What was not sent stays as it is. */
export const profileForm = z
  .object({
    username: line(200),
    first_name: line(100),
    last_name: line(100),
    date_of_birth: line(20).transform((value) => value || null),
    bio: text(1000),
    visibility: choice(VISIBILITIES),
    show_name: flag,
    language: choice(['browser', ...LANGUAGES]).transform((value) => (value === 'browser' ? null : value)),
    remove_photo: flag,
  })
  .partial();

/** What an administrator does to an account. */
export const accountForm = z.object({
  action: z.enum(['disable', 'enable', 'role'], { error: 'field.choice' }),
  role: choice(['member', 'moderator', 'admin']),
});

/** What an administrator does to a job. */
export const jobForm = z.object({ action: z.enum(['retry', 'drop'], { error: 'field.choice' }) });

/** Somebody who came by an account elsewhere. */
export const newcomerForm = z.object({ username: line(200), email: line(400) });

/** An account elsewhere, linked or unlinked. */
export const providerForm = z.object({
  action: z.enum(['link', 'unlink'], { error: 'field.choice' }),
  provider: line(10),
});
