import { z } from 'zod';
import { RANKINGS } from '../../feed/index.ts';
import { wholeBoardShape } from '../boards.ts';
import { commentShape } from '../comments.ts';
import { filterForm } from '../filters.ts';
import { copyForm, createForm, editForm, findForm } from '../forms.ts';
import { filingForm } from '../boards.ts';
import { imageList, imageShape, wholeImageShape } from '../images.ts';
import { foundShape, severalForm, severalShape } from '../several.ts';
import { peopleList } from '../people.ts';
import { alikeShape } from '../refusals.ts';
import { saveStateShape } from '../saves.ts';
import { count, deletedShape, moment, paged } from '../shape.ts';
import { commentForm, likeForm } from '../together.ts';
import { asked, byKey, byPage, inGroup, type Operation } from './operation.ts';

const { reads, does } = inGroup('images');

const one = z.strictObject({ image: imageShape });
const comment = z.strictObject({ comment: commentShape.nullable() });
const comments = z.strictObject({ comments: z.array(commentShape), ...paged });
/** How many images are newer than that of `since`, and how that is said. */
const arrivals = z.strictObject({ new: count, words: z.string() });
const ranking = imageList.extend({ of: z.enum(RANKINGS), counted_at: moment.nullable() });
const draft = z.strictObject({ id: z.string(), name: z.string(), bytes: count });

export const imageOperations: readonly Operation[] = [
  reads('/images', 'listImages', z.union([imageList, arrivals]), {
    query: filterForm.partial().extend({ ...byPage.shape, since: asked }),
  }),
  does('/images/create', 'saveImage', { 201: one, 200: one }, { form: createForm, upload: 'image', alike: alikeShape }),
  does('/save', 'saveSeveral', severalShape, { form: severalForm }),
  does('/images/find', 'findOnPage', foundShape, { form: findForm }),
  reads('/images/create/state', 'readSave', z.strictObject({ save: saveStateShape }), {
    query: z.object({ once: z.string() }),
  }),
  reads('/images/create/had', 'findSaved', z.strictObject({ images: z.array(imageShape) }), {
    query: z.object({ url: z.string() }),
  }),
  reads('/images/private', 'listPrivate', imageList, { query: byPage }),
  reads('/images/bin', 'listBin', imageList, { query: byPage }),
  reads('/images/liked', 'listLiked', imageList, { query: byPage }),
  reads('/images/ranking', 'listRanking', ranking, {
    query: byPage.extend({ of: z.enum(RANKINGS).optional() }),
  }),
  reads('/images/:id{/:slug}', 'readImage', z.strictObject({ image: wholeImageShape }), { moves: true }),
  does('/images/:id/edit', 'editImage', one, { form: editForm }),
  does('/images/:id/delete', 'deleteImage', deletedShape),
  does('/images/:id/restore', 'restoreImage', one),
  does('/images/:id/save', 'copyImage', { 201: one, 200: one }, { form: copyForm, alike: alikeShape }),
  reads('/images/:id/like', 'listLikers', peopleList, { query: byKey }),
  does('/images/:id/like', 'likeImage', z.strictObject({ liked: z.boolean(), likes: count }), { form: likeForm }),
  reads('/images/:id/comments', 'listComments', comments, { query: byKey }),
  does('/images/:id/comments', 'addComment', { 201: comment }, { form: commentForm }),
  does('/images/:id/comments/:comment/edit', 'editComment', comment, { form: commentForm }),
  does('/images/:id/comments/:comment/delete', 'deleteComment', deletedShape),
  reads('/images/:id/similar', 'listSimilar', imageList),
  reads('/images/:id/state', 'readImageState', one),
  does('/images/:id/boards', 'fileImage', z.strictObject({ board: wholeBoardShape, on: z.boolean() }), {
    form: filingForm,
  }),
  reads('/images/:id/download', 'downloadImage', 'bytes'),
  reads('/media/:file', 'readMedia', 'bytes'),
  does(
    '/share',
    'shareDraft',
    { 201: z.strictObject({ draft: draft.nullable(), drafts: z.array(draft), url: z.string() }) },
    {
      form: z.object({ title: asked, text: asked, url: asked }),
      upload: 'image',
    },
  ),
];
