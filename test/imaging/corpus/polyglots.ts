import * as make from '../../support/pictures.ts';
import { inserted, join, pngChunk, segment, text, withChunks, withSegments } from './bytes.ts';
import { refused, small, taken, type Case } from './case.ts';

const SCRIPT = '<script>alert(document.domain)</script>';
const PAGE = `<!doctype html><html><body>${SCRIPT}</body></html>`;

/** Files that are two things at once: what can be shown is taken by what it shows, and the rest never comes out of a tier. */
export async function polyglots(): Promise<Case[]> {
  const [jpeg, png, gif, webp, avif] = await Promise.all(
    (['jpeg', 'png', 'gif', 'webp', 'avif'] as const).map((format) => small({ format })),
  );
  if (!jpeg || !png || !gif || !webp || !avif) throw new Error('no pictures');
  return [
    ['a JPEG with a page behind it', join(jpeg, PAGE), taken('jpeg')],
    ['a JPEG with a page in a comment', withSegments(jpeg, segment(0xfe, PAGE)), taken('jpeg')],
    ['a JPEG with a script in PHP', withSegments(jpeg, segment(0xfe, '<?php system($_GET[0]); ?>')), taken('jpeg')],
    ['a JPEG with a ZIP behind it', join(jpeg, make.zip()), taken('jpeg')],
    ['a JPEG with a PDF in a comment', withSegments(jpeg, segment(0xfe, make.pdf())), taken('jpeg')],
    ['a JPEG with another behind it', join(jpeg, jpeg), taken('jpeg')],
    ['a JPEG with a program behind it', join(jpeg, '\x7fELF', Buffer.alloc(999)), taken('jpeg')],
    ['a JPEG with 10 MB of zeros behind it', join(jpeg, Buffer.alloc(10 << 20)), taken('jpeg')],
    ['a PNG with a page behind it', join(png, PAGE), taken('png')],
    ['a PNG with a page in a text chunk', withChunks(png, pngChunk('tEXt', `Comment\0${PAGE}`)), taken('png')],
    ['a PNG with a ZIP behind it', join(png, make.zip()), taken('png')],
    ['a PNG with a chunk of a page', withChunks(png, pngChunk('htMl', PAGE)), taken('png')],
    ['a GIF that is a script', gifScript(gif), taken('gif')],
    [
      'a GIF with a script in a comment',
      inserted(gif, 13 + 768, '\x21\xfe', [SCRIPT.length], SCRIPT, '\0'),
      taken('gif'),
    ],
    ['a GIF with a script behind it', join(gif, `;${SCRIPT}`), taken('gif')],
    ['a GIF with an archive of Java behind it', join(gif, make.zip()), taken('gif')],
    ['a WebP with a page behind it', join(webp, PAGE), taken('webp')],
    ['a WebP with a ZIP behind it', join(webp, make.zip()), taken('webp')],
    ['an AVIF with a page behind it', join(avif, PAGE), taken('avif')],
    ['an AVIF with a film behind it', join(avif, make.mp4()), taken('avif')],
    ['a page with a JPEG behind it', join(PAGE, jpeg), refused('is_html')],
    ['a page in front of a PNG, in a comment', join('<!--', png, '-->', PAGE), refused('is_unknown')],
    ['a PDF with a JPEG behind it', join(make.pdf(), jpeg), refused('is_pdf')],
    ['a ZIP with a PNG in it', join(make.zip(), png), refused('is_zip')],
    ['a JPEG behind a line of text', join('hello\n', jpeg), refused('is_unknown')],
    [
      'a drawing with a PNG in it',
      text(`<svg><image href="data:image/png;base64,${png.toString('base64')}"/></svg>`),
      refused('is_svg'),
    ],
    ['a PNG under the head of a GIF', join('GIF89a', png), refused('broken')],
    ['a JPEG under the head of a PNG', join('\x89PNG\r\n\x1a\n', jpeg), refused('broken')],
    [
      'a PNG that ends lines as Windows does',
      text(png.toString('latin1').replace(/\r?\n/g, '\r\n')),
      refused('broken'),
    ],
    ['a PNG that ends lines as Unix does', text(png.toString('latin1').replaceAll('\r\n', '\n')), refused('broken')],
    [
      'a JPEG as a form has it',
      join('--b\r\ncontent-type: image/jpeg\r\n\r\n', jpeg, '\r\n--b--'),
      refused('is_unknown'),
    ],
    ['a JPEG as text in Base64', text(jpeg.toString('base64')), refused('is_text')],
    ['a JPEG that was taken for UTF-8', Buffer.from(jpeg.toString('utf8')), refused('is_unknown')],
  ];
}

/** Its width is written as the beginning of a comment, which ends behind the picture: a script that does what it likes. */
const gifScript = (gif: Buffer) => join('GIF89a/*', gif.subarray(8, -1), ';*/=1;alert(1)//');
