/** What a form says of a picture beside where it comes from, by the names of its fields. */
export const SAID = [
  'title',
  'page_url',
  'caption',
  'alt',
  'creator',
  'licence',
  'visibility',
  'show_name',
  'resolution',
  'tags',
  'board',
  'board_title',
  'nopin',
] as const;
