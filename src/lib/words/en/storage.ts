export const storageWords = {
  'storage.disk_full':
    'There is no room left for new images on this site’s disk. Nothing was saved; please try again later, and tell the site’s operator.',
  'storage.slow':
    'The place where this site keeps its images does not answer. Nothing was saved; please try again in a few minutes.',
} as const;
