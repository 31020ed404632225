import { crc32, deflateSync } from 'node:zlib';

export const text = (latin: string): Buffer => Buffer.from(latin, 'latin1');
export const join = (...parts: (Buffer | string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? text(part) : Buffer.from(part as Buffer))));

function numbers(bytes: number, write: (into: Buffer, value: number, at: number) => void) {
  return (...values: number[]): Buffer => {
    const into = Buffer.alloc(values.length * bytes);
    for (const [n, value] of values.entries()) write(into, value, n * bytes);
    return into;
  };
}
export const be16 = numbers(2, (into, value, at) => into.writeUInt16BE(value, at));
export const be32 = numbers(4, (into, value, at) => into.writeUInt32BE(value, at));
export const le16 = numbers(2, (into, value, at) => into.writeUInt16LE(value, at));
export const le24 = numbers(3, (into, value, at) => into.writeUIntLE(value, at, 3));
export const le32 = numbers(4, (into, value, at) => into.writeUInt32LE(value, at));

/** The same bytes with others in one place. */
export function patched(bytes: Buffer, at: number, others: Buffer | string): Buffer {
  const copy = Buffer.from(bytes);
  Buffer.from(others as string, 'latin1').copy(copy, at);
  return copy;
}

/** The same bytes with one of them changed. */
export const flipped = (bytes: Buffer, at: number, bits = 0x10): Buffer =>
  patched(bytes, at, Buffer.from([(bytes[at] ?? 0) ^ bits]));

export const inserted = (bytes: Buffer, at: number, ...parts: (Buffer | string | readonly number[])[]): Buffer =>
  join(bytes.subarray(0, at), ...parts, bytes.subarray(at));

/** A chunk of a PNG, also with a check that is not its own. */
export function pngChunk(type: string, data: Buffer | string = '', check?: number): Buffer {
  const body = join(type, data);
  return join(be32(body.length - 4), body, be32(check ?? crc32(body)));
}

export const PNG_MAGIC = text('\x89PNG\r\n\x1a\n');

/** Puts chunks behind the header of a PNG. */
export const withChunks = (png: Buffer, ...chunks: Buffer[]): Buffer => inserted(png, 33, ...chunks);

/** Zeros by the megabyte, packed: a zlib stream that unfolds to so many, for the price of one. */
export function packedZeros(megabytes: number): Buffer {
  const block = deflateSync(Buffer.alloc(1 << 20), { finishFlush: 3 }).subarray(2);
  const sum = be16((megabytes * (1 << 20)) % 65521, 1);
  return join([0x78, 0x9c], ...Array<Buffer>(megabytes).fill(block), [3, 0], sum);
}

/** A marker segment of a JPEG. */
export const segment = (marker: number, data: Buffer | string): Buffer => {
  const bytes = join(data);
  return join([0xff, marker], be16(bytes.length + 2), bytes);
};

/** Puts segments behind the start of a JPEG. */
export const withSegments = (jpeg: Buffer, ...segments: Buffer[]): Buffer => inserted(jpeg, 2, ...segments);

/** A chunk of a RIFF file: of even length. */
export const riffChunk = (type: string, data: Buffer): Buffer =>
  join(type, le32(data.length), data, data.length % 2 ? [0] : []);

export const webpOf = (...chunks: Buffer[]): Buffer => {
  const body = join('WEBP', ...chunks);
  return join('RIFF', le32(body.length), body);
};

/** A box of an ISO base media file. */
export const box = (type: string, ...parts: (Buffer | string)[]): Buffer => {
  const body = join(...parts);
  return join(be32(body.length + 8), type, body);
};

/** Random bytes, the same for the same seed (xorshift32). */
export function noise(seed: number, length: number): Buffer {
  let state = seed | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  };
  return Buffer.from(Uint8Array.from({ length }, next));
}
