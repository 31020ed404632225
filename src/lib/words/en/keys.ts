/** What single keys do. */
export const keyWords = {
  'keys.heading': 'Keys',
  'keys.link': 'Keys',
  'keys.or': ' or ',
  'keys.walk': 'The next image, or the one before',
  'keys.open': 'Open it large',
  'keys.arrows': 'Turn to the one before, or the next',
  'keys.back': 'Back to the list',
  'keys.like': 'Like it, or no longer',
  'keys.save': 'Save it to yours',
  'keys.board': 'Put it on a board',
  'keys.search': 'Search',
  'keys.help': 'This list',
  'keys.setting': 'Single letters do this here',
  'keys.setting.hint':
    'Where it is off, only Enter, Escape and the arrows do something. It is remembered by this browser alone.',
  'keys.liked': 'Liked',
  'keys.unliked': 'No longer liked',
} as const;
