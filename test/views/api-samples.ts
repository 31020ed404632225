import type { Sample } from './samples.ts';

const operation = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  method: 'GET',
  path: '/images/ID/comments',
  summary: 'The comments on an image, the newest first',
  scope: 'read',
  query: [{ name: 'after', kind: 'From where on, as the “next” of the page before says it.', needed: false }],
  fields: [],
  answers: [{ status: '200', fields: ['comments', 'next', 'page', 'pages'] }],
  example: 'curl -H "Authorization: Bearer $TOKEN" "https://localhost:9000/api/v1/images/$ID/comments"',
  ...more,
});

/** The reference for scripts. */
export const apiSamples = (): Record<string, Sample> => ({
  api: {
    view: 'api/reference',
    locals: {
      first: 'curl -H "Authorization: Bearer $TOKEN" https://localhost:9000/api/v1/images',
      groups: [
        {
          name: 'images',
          heading: 'Images',
          operations: [
            operation('listComments'),
            operation('addComment', {
              method: 'POST',
              query: [],
              fields: [{ name: 'body', kind: 'text of up to 5000 characters', needed: true }],
            }),
            operation('downloadImage', { query: [], answers: [{ status: '200', fields: [] }] }),
          ],
        },
      ],
    },
  },
});
