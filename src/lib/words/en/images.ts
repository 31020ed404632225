export const imageWords = {
  'images.count': { one: '{count} image', other: '{count} images' },
} as const;
