/** Said on the document: the list's next page is wanted now. feed.ts hears it. */
export const MORE = 'bowerbird:more';
