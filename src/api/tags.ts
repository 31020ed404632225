import { z } from 'zod';
import { fitsTag, readTags, type Tag } from '../images/index.ts';
import { line } from './read.ts';
import { count, paged } from './shape.ts';

/** The address of a tag's page. */
export const tagPath = (name: string): string => `/tags/${encodeURIComponent(name)}`;

/** A tag as a script reads it in every list (design.md §6). */
export const tagJson = ({ name, images }: Tag) => ({ name, images });

export const tagShape = z.strictObject({ name: z.string(), images: count });

export const tagList = z.strictObject({ tags: z.array(tagShape), ...paged });

/** A name that leads to a tag. */
export const aliasShape = z.strictObject({ name: z.string(), tag: z.string() });

/** The name of one tag. */
const one = line(200)
  .refine((value) => value !== '', { error: 'tag.missing' })
  .transform((value) => ({ value, names: readTags(value) }))
  .refine(({ value, names }) => value === '' || (names.length === 1 && names.every(fitsTag)), { error: 'tag.one' })
  .transform(({ names }) => names[0] ?? '');

/** What a member does with a tag of their images. */
export const tagForm = z.discriminatedUnion('action', [
  z.object({ action: z.literal('rename'), tag: one, to: one }),
  z.object({ action: z.literal('remove'), tag: one }),
]);

/** What a moderator does with a name. */
export const aliasForm = z.discriminatedUnion('action', [
  z.object({ action: z.literal('make'), name: one, tag: one }),
  z.object({ action: z.literal('drop'), name: one }),
]);
