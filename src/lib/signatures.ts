/** The five formats that the site takes. */
export const PICTURE_TYPES = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
} as const;

export type PictureFormat = keyof typeof PICTURE_TYPES;
export type Foreign =
  | 'empty'
  | 'html'
  | 'svg'
  | 'pdf'
  | 'heic'
  | 'tiff'
  | 'bmp'
  | 'ico'
  | 'jxl'
  | 'jp2'
  | 'psd'
  | 'eps'
  | 'other'
  | 'video'
  | 'audio'
  | 'zip'
  | 'archive'
  | 'font'
  | 'text'
  | 'unknown';
export type Kind = PictureFormat | Foreign;

/** What stands at a fixed place, as text in Latin-1; first match wins. At 8 stands what a RIFF file is. */
export const SIGNATURES: readonly (readonly [at: number, mark: string, kind: Kind])[] = [
  [0, '\xff\xd8\xff', 'jpeg'],
  // Its line ends, which follow, tell when it was taken for text on its way: that is for the decoder to say.
  [0, '\x89PNG', 'png'],
  [0, 'GIF87a', 'gif'],
  [0, 'GIF89a', 'gif'],
  [8, 'WEBP', 'webp'],
  [0, '%PDF-', 'pdf'],
  [0, '%!PS', 'eps'],
  [0, '\xc5\xd0\xd3\xc6', 'eps'],
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  [0, 'II+\0', 'tiff'],
  [0, 'MM\0+', 'tiff'],
  [0, '\0\0\x01\0', 'ico'],
  [0, '\0\0\x02\0', 'ico'],
  [0, '\xff\x0a', 'jxl'],
  [0, '\0\0\0\x0cJXL ', 'jxl'],
  [0, '\0\0\0\x0cjP  ', 'jp2'],
  [0, '\xff\x4f\xff\x51', 'jp2'],
  [0, '8BPS', 'psd'],
  [0, '\x76\x2f\x31\x01', 'other'],
  [0, '#?RADIANCE', 'other'],
  [0, '#?RGBE', 'other'],
  [0, 'gimp xcf', 'other'],
  [0, 'DDS |', 'other'],
  [0, 'qoif', 'other'],
  [0, 'II\xbc', 'other'],
  [0, 'FLIF', 'other'],
  [0, '\x8aMNG', 'other'],
  [8, 'ACON', 'ico'],
  [0, '\x1aE\xdf\xa3', 'video'],
  [0, '\0\0\x01\xba', 'video'],
  [0, '\0\0\x01\xb3', 'video'],
  [0, 'FLV\x01', 'video'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'video'],
  [8, 'AVI ', 'video'],
  [0, 'OggS', 'audio'],
  [0, 'ID3', 'audio'],
  [0, 'fLaC', 'audio'],
  [0, 'MThd', 'audio'],
  [0, '\xff\xfb', 'audio'],
  [0, '\xff\xf3', 'audio'],
  [0, '\xff\xf1', 'audio'],
  [8, 'WAVE', 'audio'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, 'Rar!\x1a\x07', 'archive'],
  [0, '7z\xbc\xaf\x27\x1c', 'archive'],
  [0, '\xfd7zXZ', 'archive'],
  [0, '\x28\xb5\x2f\xfd', 'archive'],
  [0, 'BZh', 'archive'],
  [257, 'ustar', 'archive'],
  [0, '\0\x01\0\0\0', 'font'],
  [0, 'OTTO\0', 'font'],
  [0, 'ttcf\0', 'font'],
  [0, 'wOFF', 'font'],
  [0, 'wOF2', 'font'],
];
