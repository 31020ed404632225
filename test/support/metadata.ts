import sharp from 'sharp';
import type { FormatEnum } from 'sharp';
import { be16, be32, join, segment, withSegments } from '../imaging/corpus/bytes.ts';

/** A data set of an IPTC record. */
export const dataSet = (record: number, number: number, text: string) => {
  const value = Buffer.from(text);
  return join([0x1c, record, number], be16(value.length), value);
};

/** IPTC records as Photoshop keeps them in a JPEG: behind another resource with a name of its own. */
export function photoshop(records: Buffer): Buffer {
  const even = (length: number) => (length % 2 ? [0] : []);
  const resource = (id: number, name: string, data: Buffer) =>
    join('8BIM', be16(id), [name.length], name, even(name.length + 1), be32(data.length), data, even(data.length));
  return join('Photoshop 3.0\0', resource(0x03ed, 'odd', Buffer.from('abc')), resource(0x0404, '', records));
}

/** Puts Photoshop's resources behind the first marker of a JPEG. */
export const withPhotoshop = (jpeg: Buffer, records: Buffer): Buffer =>
  withSegments(jpeg, segment(0xed, photoshop(records)));

/** An XMP packet around what a description holds; `attributes` stand in its tag. */
export const xmp = (inside: string, attributes = '') => `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:cc="http://creativecommons.org/ns#" ${attributes}>${inside}</rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

export const list = (kind: 'Seq' | 'Bag' | 'Alt', ...items: string[]) => `<rdf:${kind}>${items.join('')}</rdf:${kind}>`;
export const item = (text: string, language?: string) =>
  `<rdf:li${language ? ` xml:lang="${language}"` : ''}>${text}</rdf:li>`;

/** All five fields, as XMP spells them. */
export const WHOLE_XMP = xmp(
  `<dc:creator>${list('Seq', item('Ann Other'), item('Bea'))}</dc:creator><dc:rights>${list('Alt', item('© 2026 Ann', 'x-default'))}</dc:rights>
  <dc:description>${list('Alt', item('Ein Reiher', 'de'), item('A heron', 'x-default'))}</dc:description>
  <cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>`,
  `photoshop:Credit="Heron &amp; Sons" xmpRights:WebStatement="https://ann.example/rights"`,
);

/** A picture of a format that carries this XMP and EXIF. */
export async function carrying(
  format: 'jpeg' | 'png' | 'webp' | 'avif' | 'gif',
  said: { xmp?: string; exif?: Record<string, string> },
  image = sharp({ create: { width: 200, height: 160, channels: 3, background: '#336699' } }),
): Promise<Buffer> {
  let made = image;
  if (said.exif) made = made.withExif({ IFD0: said.exif });
  if (said.xmp && format !== 'gif') made = made.withXmp(said.xmp);
  const bytes = await made.toFormat(format as keyof FormatEnum).toBuffer();
  return format === 'gif' && said.xmp ? inGif(bytes, said.xmp) : bytes;
}

/** GIF's XMP stands before its closing byte, and bytes that count down lead readers of blocks past it. */
function inGif(gif: Buffer, packet: string): Buffer {
  const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, n) => 255 - n), 0]);
  const block = Buffer.concat([Buffer.from('\x21\xff\x0bXMP DataXMP', 'latin1'), Buffer.from(packet), trailer]);
  return Buffer.concat([gif.subarray(0, -1), block, gif.subarray(-1)]);
}
