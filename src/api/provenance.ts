import { z } from 'zod';
import { cleanAddress } from '../lib/pick/address.ts';
import { PAGE_LIMITS } from '../lib/pick/fragment.ts';
import type { Provenance } from '../lib/provenance.ts';
import { flag, isPrintable } from './read.ts';

/** Written by pages and scripts, and by nobody's hand: what is too long is cut, and what cannot be kept is left out. */
const words = (max: number) =>
  z
    .string()
    .catch('')
    .default('')
    .transform((value) => [...value.toWellFormed()].map(printed).join('').trim())
    .transform((value) => [...value].slice(0, max).join(''))
    .meta({ type: 'string' });

const printed = (character: string) => (/\s/.test(character) || !isPrintable(character) ? ' ' : character);

const webAddress = z
  .string()
  .catch('')
  .default('')
  .transform((value) => cleanAddress(value, undefined, URL))
  .transform((value) => (value.startsWith('http') ? value : null));

/** What the page that an image was found on says of itself, as fields of a form. */
export const provenanceFields = {
  page_title: words(PAGE_LIMITS.page_title),
  page_description: words(PAGE_LIMITS.page_description),
  page_site: words(PAGE_LIMITS.page_site),
  page_date: words(PAGE_LIMITS.page_date),
  page_canonical: webAddress,
  noai: flag,
  noindex: flag,
};

const fields = z.object(provenanceFields);

/** A page may say under which address it is known, but not that it is another site. */
export function provenanceOf(form: z.infer<typeof fields> & { page_url: string | null }): Provenance {
  const { page_url, page_canonical } = form;
  const isItsOwn = page_url && page_canonical && new URL(page_url).origin === new URL(page_canonical).origin;
  return {
    title: form.page_title,
    description: form.page_description,
    site: form.page_site,
    date: form.page_date,
    address: isItsOwn && page_canonical !== page_url ? page_canonical : null,
    noai: form.noai ?? false,
    noindex: form.noindex ?? false,
  };
}

/** The same, as scripts and exports read it. */
export const provenanceJson = ({ address, ...said }: Provenance, nopin: boolean) => ({
  ...said,
  canonical_url: address,
  nopin,
});

export const provenanceShape = z.strictObject({
  title: z.string(),
  description: z.string(),
  site: z.string(),
  date: z.string(),
  canonical_url: z.string().nullable(),
  nopin: z.boolean(),
  noai: z.boolean(),
  noindex: z.boolean(),
});
