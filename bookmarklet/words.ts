/** Every sentence that a person reads in the picker. */
export const WORDS = {
  title: 'Pick an image for Bowerbird',
  one: '1 image on this page',
  many: (count: number): string => `${count} images on this page`,
  hint: 'Choose one: it opens in Bowerbird, in a new tab.',
  none: 'There is no image here that is worth keeping.',
  noneHint:
    'Bowerbird looks for pictures of at least 124 × 124 pixels. Let the page load, or scroll to the picture, and try again.',
  close: 'Close',
  unknownSize: 'Size unknown',
  size: (width: number, height: number): string => `${width} × ${height}`,
  wide: (width: number): string => `${width} pixels wide`,
  untitled: 'Image',
} as const;
