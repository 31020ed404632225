import { z } from 'zod';
import { createForm } from './forms.ts';
import { imageShape } from './images.ts';
import { errorShape } from './refusals.ts';

const { url, seen_url, title, draft } = createForm.shape;

/** Several images: what is said of all of them, and with a number behind what is said of one. Two stand for as many as there are. */
export const severalForm = createForm
  .omit({ url: true, seen_url: true, draft: true, replace: true, refused_url: true, copied: true })
  .extend({
    url1: url,
    seen_url1: seen_url,
    title1: title,
    draft1: draft,
    url2: url,
    title2: title,
    urls: z.string().optional(),
  });

/** What became of each, in the order in which they were sent. */
export const severalShape = z.strictObject({
  results: z.array(
    z.union([
      z.strictObject({ image: imageShape }),
      z.strictObject({ error: errorShape, images: z.array(imageShape), find: z.string().optional() }),
    ]),
  ),
});

/** The pictures of a page, and what it says of itself. */
export const foundShape = z.strictObject({
  page: z.strictObject({
    url: z.string(),
    title: z.string(),
    description: z.string(),
    site: z.string(),
    creator: z.string(),
    licence: z.string(),
    date: z.string(),
    nopin: z.boolean(),
    noai: z.boolean(),
    noindex: z.boolean(),
  }),
  images: z.array(
    z.strictObject({
      url: z.string(),
      seen_url: z.string().nullable(),
      width: z.number(),
      height: z.number(),
      alt: z.string(),
      title: z.string(),
      nopin: z.boolean(),
    }),
  ),
});
