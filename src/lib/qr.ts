import qrcode from 'qrcode';

/** A QR code as a path of squares of size 1, in a field of `size` × `size` with the quiet zone around it. */
export interface QrPath {
  size: number;
  path: string;
}

/** How many light squares scanners want around a code (ISO 18004). */
const QUIET = 4;

/** Draws a text as a QR code: a run of dark squares in a row is one stroke of the path. */
export function qrPath(text: string): QrPath {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (x < size && modules.get(y, x)) x++;
      if (x > from) path += `M${from + QUIET} ${y + QUIET}h${x - from}v1h-${x - from}z`;
    }
  }
  return { size: size + 2 * QUIET, path };
}
