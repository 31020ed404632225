/** What is said where there is no line. */
export const offlineWords = {
  'offline.heading': 'No connection',
  'offline.words':
    'This page has to come from the site, which does not answer just now. Try again when you are connected.',
  'offline.last': 'The feed, as you saw it last',
  'offline.feed': 'The site does not answer just now. This is the feed as you saw it last.',
} as const;
