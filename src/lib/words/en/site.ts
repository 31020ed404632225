export const siteWords = {
  'site.name': 'Bowerbird',
  'error.not_found': 'There is nothing at this address.',
  'error.bug': 'Something went wrong on our side. It has been written down; please try again in a moment.',
} as const;
