import type { Readable } from 'node:stream';

export interface ByteRange {
  /** First and last byte, both included. */
  start: number;
  end: number;
}

/** Something that a store keeps. */
export interface Stored {
  key: string;
  bytes: number;
  /** When it was written, in milliseconds since 1970. */
  writtenAt: number;
}

/** How bytes shall come from an address of their own. */
export interface AddressWish {
  type: string;
  /** `Content-Disposition`. */
  saveAs?: string;
  /** It is good for at least so long, and at most twice so long. */
  spanMs: number;
}

/** Bytes by key. What `keep` has answered survives a power cut. Keys are made by `newKey`, never by people. */
export interface Storage {
  /**
   * Moves a finished temporary file to `key`: synced, renamed, its directory synced. The temporary file is gone afterwards.
   * A full disk is a Refusal (507); whatever else goes wrong is thrown and leaves nothing under the key.
   */
  keep(key: string, file: string): Promise<void>;
  /** A stream over the bytes or the range; null when the key has none. Whoever does not read it to its end destroys it. */
  read(key: string, range?: ByteRange): Promise<Readable | null>;
  /** A path of a local file with the bytes, for the imaging child; `done` is called when it is no longer needed. */
  local(key: string): Promise<{ path: string; done(): Promise<void> } | null>;
  size(key: string): Promise<number | null>;
  /** The path of the file that it is on this machine for good; null where it lies elsewhere. Nobody has looked whether it is there. */
  pathOf(key: string): Promise<string | null>;
  /** An address at which its bytes can be had for a while by whoever knows it; null where there is no such thing. */
  addressOf(key: string, wish: AddressWish): Promise<string | null>;
  /** All that is kept under keys that begin with these two hex digits: a 256th of it, in no order. */
  list(beginning: string): Promise<Stored[]>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /**
   * Whether it can be written to and read.
   * @throws an Error whose message is a sentence for the operator
   */
  check(): Promise<void>;
  /** Where its files lie on this machine: in the first we only look, in the others we make files. */
  readonly folders: { reads: readonly string[]; writes: readonly string[] };
  /** A new file name in the temporary folder that `keep` can move from without copying. */
  temporary(): string;
  /** Removes temporary files older than an hour; answers how many. */
  sweepTemporary(olderThanMs: number): Promise<number>;
  /** Bytes free for new files. */
  free(): Promise<number>;
}
