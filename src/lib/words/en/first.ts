/** The first steps of whoever has just joined. */
export const firstWords = {
  'first.heading': 'Your first three steps',
  'first.tool': 'Take Bowerbird with you',
  'first.try': 'Try it on a page of examples',
  'first.picture': 'Keep a first picture',
  'first.picture.words':
    'From your device, from an address, or many at once. What you drop on any page here is saved as well.',
  'first.people': 'See what others keep',
  'first.people.words': 'Whom you follow fills this page: what they save, like and put on boards.',
  'example.heading': 'Try the bookmarklet here',
  'example.lead': 'A page like any on the web, with three pictures that want to be kept.',
  'example.1': 'Click your bookmark “Save to Bowerbird” now. The pictures of this page are laid out.',
  'example.2': 'Click one of them, and the form opens, filled in.',
  'example.3': 'Press Save. That is all there is to it; on any other page it is the same.',
  'example.trouble': 'Nothing happened? Step by step, for your browser',
  'example.feather': 'A blue feather',
  'example.berries': 'Blue berries between leaves',
  'example.caps': 'Three blue bottle caps on twigs',
  'bookmarklet.chrome.figure': 'The button is dragged up to the bookmarks bar below the address',
  'bookmarklet.firefox.figure': 'The button is dragged up to the bookmarks bar below the address',
  'bookmarklet.safari.figure': 'The button is dragged up to the favourites bar below the address',
  'bookmarklet.phone.figure': 'An image is copied from a page and pasted into the form',
} as const;
