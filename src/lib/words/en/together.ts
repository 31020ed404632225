/** What people do to each other's images, and to each other. */
export const togetherWords = {
  'likes.like': 'Like',
  'likes.and': ' and ',
  'likes.others': { one: '{count} more', other: '{count} more' },
  'likes.none': 'Nobody has liked this yet.',
  'likes.sign_in': 'Sign in to like it',
  'nav.liked': 'Liked',
  'likes.heading': 'Liked',
  'likes.empty': 'Nothing liked yet',
  'likes.empty.words': 'Images that you like are kept here, the last one first.',
  'together.failed': 'That did not go through. Please try again in a moment.',
} as const;
