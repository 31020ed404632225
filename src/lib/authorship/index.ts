import { readExif } from './exif.ts';
import { readIptc } from './iptc.ts';
import { clean, httpAddress, LIMITS } from './text.ts';
import { readXmp } from './xmp.ts';

/** Whose work a picture says it is. Empty where it says nothing. */
export interface Authorship {
  creator: string;
  copyright: string;
  credit: string;
  /** An http(s) address. */
  licence: string;
  description: string;
}

export type AuthorshipField = keyof Authorship;

/** What one kind of metadata says, as it stands there. */
export type Said = Partial<Record<AuthorshipField, string>>;

/** A picture's metadata as the decoder hands it over. */
export interface Metadata {
  exif?: Buffer | undefined;
  /** Photoshop's resources, or IPTC records alone. */
  iptc?: Buffer | undefined;
  xmp?: Buffer | undefined;
  /** PNG's texts. */
  texts?: readonly { keyword: string; text: string }[] | undefined;
}

/** More than this of a kind is not looked at. */
const MOST_BYTES = 256 * 1024;

/** PNG's own names (PNG specification, third edition, 11.3.3.1). */
const PNG_TEXTS: Readonly<Record<string, AuthorshipField>> = {
  Author: 'creator',
  Copyright: 'copyright',
  Description: 'description',
};

function readTexts(texts: Metadata['texts'] = []): Said {
  const known = texts.slice(0, 100).flatMap(({ keyword, text }) => {
    const field = Object.hasOwn(PNG_TEXTS, keyword) ? PNG_TEXTS[keyword] : undefined;
    return field ? [[field, text] as const] : [];
  });
  return Object.fromEntries(known);
}

/**
 * Whose work a picture is: what XMP says, else IPTC, else EXIF, else PNG's texts. Nothing of it is trusted: whatever
 * cannot be read is passed over, and the texts are bounded and hold nothing that cannot be printed.
 * Source: Metadata Working Group, "Guidelines for Handling Image Metadata" 2.0, which has the newer before the older.
 */
export function readAuthorship({ exif, iptc, xmp, texts }: Metadata): Authorship {
  const some = (bytes: Buffer | undefined) => bytes?.subarray(0, MOST_BYTES) ?? Buffer.alloc(0);
  const told: readonly Said[] = [readXmp(some(xmp)), readIptc(some(iptc)), readExif(some(exif)), readTexts(texts)];
  const first = (field: AuthorshipField) =>
    told.map((said) => clean(said[field] ?? '', LIMITS[field])).find((text) => text !== '') ?? '';
  return {
    creator: first('creator'),
    copyright: first('copyright'),
    credit: first('credit'),
    licence: told.map((said) => httpAddress(clean(said.licence ?? '', LIMITS.licence))).find(Boolean) ?? '',
    description: first('description'),
  };
}
