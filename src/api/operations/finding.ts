import { z } from 'zod';
import { imageList } from '../images.ts';
import { fromForm, manyForm, manyShape } from '../many.ts';
import { paged } from '../shape.ts';
import { tagList, tagShape } from '../tags.ts';
import { asked, byKey, byPage, inGroup, type Operation } from './operation.ts';

const { reads } = inGroup('finding');
const many = inGroup('many');

const found = imageList.extend({ meant: z.string().nullable() });
const completions = z.strictObject({ completions: z.array(z.string()) });
const how = z.strictObject({ many: manyShape });

export const findingOperations: readonly Operation[] = [
  reads('/search', 'search', found, { query: z.object({ q: asked, after: asked }) }),
  reads('/search/completions', 'completeSearch', completions, { query: z.object({ q: asked }) }),
  reads('/tags', 'listTags', tagList, { query: z.object({ from: asked, after: asked }) }),
  reads('/tags/:name', 'readTag', z.strictObject({ tag: tagShape, images: imageList.shape.images, ...paged }), {
    query: byPage,
    moves: true,
  }),
  many.reads('/images/many', 'listOwn', imageList, { query: fromForm.partial().extend(byKey.shape) }),
  many.does('/images/many', 'changeMany', { 200: how, 202: how }, { form: manyForm }),
  many.reads('/images/many/:id', 'readMany', how),
  many.does('/images/many/:id/undo', 'undoMany', { 200: how, 202: how }),
];
