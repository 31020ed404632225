/** The pictures of a page, found from its address. */
export const findWords = {
  'find.heading': 'Pictures of a page',
  'find.lead':
    'Give the address of a page, and choose among the pictures on it. In a browser the bookmarklet sees more: what scripts show and who is signed in there.',
  'find.url': 'Address of the page',
  'find.look': 'Look for pictures',
  'find.count': { one: '{count} picture', other: '{count} pictures' },
  'find.nameless': 'Picture {n}',
  'find.larger': 'maybe larger than {width} × {height}',
  'find.size_unknown': 'size not known yet',
  'find.noai': 'The page asks that its pictures not be used to train machines.',
  'find.untold': 'Nothing is saved yet: what you tick is looked through first. Without a tick all are.',
  'find.choose': 'Look through what is ticked',
  'find.unreachable':
    'That address could not be reached from here. If you can see the page in your browser, click the bookmarklet there.',
  'find.http_status':
    'The site answered with {status} instead of the page. If you can see it in your browser, click the bookmarklet there.',
  'find.too_large': 'That page is larger than any page that we look through.',
  'find.too_slow': 'The page came too slowly, so we stopped. Please try again later.',
  'find.broken_off': 'The connection broke off before the whole page had arrived. Please try again.',
  'find.not_a_page': 'This address leads to no page. If it is a picture, save it by itself.',
  'find.none': 'No picture is written on this page. Scripts may show some: try the bookmarklet there.',
} as const;
