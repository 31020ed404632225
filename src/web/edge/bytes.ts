import type { Context } from 'koa';
import { notFound } from '../../errors.ts';
import type { MediaFile } from '../../images/index.ts';
import type { ByteRange, Storage } from '../../storage/index.ts';
import type { Bytes } from '../answer.ts';
import { handOver, type Handing, type MediaWay } from './hand-over.ts';
import { BYTES_POLICY } from './headers.ts';

/** Where bytes come from, and who is told of those that cannot be read. */
export interface Sending {
  storage: Storage;
  media: MediaWay;
  repair(file: MediaFile): Promise<void>;
}

/** Sends bytes as a stream: whole, a range, or only word that the browser has them already. The rule was asked before. */
export async function sendBytes(ctx: Context, sending: Sending, { file, saveAs }: Bytes) {
  const { storage, media } = sending;
  if (!file.open && isEmbedding(ctx)) throw notFound();
  if (media === 'redirect' && ctx.method === 'GET') {
    const address = await unlessUnreadable(addressOf(ctx, storage, { file, saveAs }), null);
    if (address !== null) return sendThere(ctx, sending, file, address);
  } else if (media === 'accel' || media === 'sendfile') {
    const path = await unlessUnreadable(storage.pathOf(file.storageKey), null);
    if (path !== null) return giveAway(ctx, sending, media, { file, saveAs }, path);
  }
  ctx.etag = `"${file.sha256.slice(0, 32)}"`;
  ctx.status = 200;
  const { fresh } = ctx;
  const range = readRange(ctx.get('range'), file.bytes, ctx.get('if-range'), ctx.response.get('etag'));
  if (fresh || range === 'beyond') {
    setHeaders(ctx, file, saveAs);
    if (!fresh) ctx.set('Content-Range', `bytes */${file.bytes}`);
    return void (ctx.status = fresh ? 304 : 416);
  }
  const stream = await read(storage, file, range ?? undefined);
  if (!stream) {
    ctx.remove('ETag');
    return missing(sending, file);
  }
  stream.once('error', () => void sending.repair(file));
  setHeaders(ctx, file, saveAs);
  if (range) {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
  }
  ctx.length = range ? range.end - range.start + 1 : file.bytes;
  if (ctx.method === 'HEAD') return void stream.destroy();
  ctx.body = stream;
}

/** The proxy in front sends it. A file that is not whole is missing there as it is here. */
async function giveAway(
  ctx: Context,
  sending: Sending,
  way: Handing,
  { file, saveAs }: Pick<Bytes, 'file' | 'saveAs'>,
  path: string,
) {
  if (!(await isWhole(sending.storage, file))) return missing(sending, file);
  ctx.status = 200;
  handOver(ctx, way, path);
  setHeaders(ctx, file, saveAs);
}

/** How long an address of the store is good for at least: whoever has it needs nobody's leave until then. */
const OPEN_MS = 10 * 60_000;
const CLOSED_MS = 60_000;

const addressOf = (ctx: Context, storage: Storage, { file, saveAs }: Pick<Bytes, 'file' | 'saveAs'>) =>
  storage.addressOf(file.storageKey, {
    type: file.type,
    spanMs: file.open ? OPEN_MS : CLOSED_MS,
    ...(saveAs ? { saveAs: attached(ctx, saveAs) } : {}),
  });

/** `Content-Disposition` as we would say it. */
function attached(ctx: Context, saveAs: string): string {
  ctx.attachment(saveAs);
  const said = ctx.response.get('Content-Disposition');
  ctx.remove('Content-Disposition');
  return said;
}

/** The store sends it. The way there may be kept for as long as it is good, by everybody where everybody may go it. */
async function sendThere(ctx: Context, sending: Sending, file: MediaFile, address: string) {
  if (!(await isWhole(sending.storage, file))) return missing(sending, file);
  ctx.redirect(address);
  ctx.body = '';
  setHeaders(ctx, file, undefined);
  if (file.open) ctx.set('Cache-Control', `public, max-age=${OPEN_MS / 1000}`);
  ctx.remove('Accept-Ranges');
}

async function missing({ repair }: Sending, file: MediaFile): Promise<never> {
  await repair(file);
  throw notFound();
}

/** How a system says that there is a file whose bytes cannot be had. */
const UNREADABLE = new Set(['EIO', 'EACCES', 'EPERM']);

/** What a store answers; `otherwise` where its bytes cannot be had. */
async function unlessUnreadable<Found, Else>(asked: Promise<Found>, otherwise: Else): Promise<Found | Else> {
  try {
    return await asked;
  } catch (error) {
    if (UNREADABLE.has(String((error as { code?: unknown }).code))) return otherwise;
    throw error;
  }
}

const isWhole = async (storage: Storage, { storageKey, bytes }: MediaFile): Promise<boolean> =>
  (await unlessUnreadable(storage.size(storageKey), null)) === Number(bytes);

/** The bytes; null where they are missing, not all there or cannot be read. */
const read = async (storage: Storage, file: MediaFile, range: ByteRange | undefined) =>
  (await isWhole(storage, file)) ? unlessUnreadable(storage.read(file.storageKey, range), null) : null;

/** Another site must not learn from an <img> whether a picture that is not for all is there; a link from there may lead here. */
const isEmbedding = (ctx: Context) =>
  ctx.get('sec-fetch-site') === 'cross-site' &&
  !(ctx.get('sec-fetch-mode') === 'navigate' && ctx.get('sec-fetch-dest') === 'document');

function setHeaders(ctx: Context, { open, type }: MediaFile, saveAs: string | undefined) {
  ctx.type = type;
  ctx.set('Cache-Control', open ? 'public, max-age=31536000, immutable' : 'private, no-store');
  // The same for whoever asks, so that a cache between us keeps one copy and not one for each cookie.
  if (open) ctx.remove('Vary');
  ctx.set('Cross-Origin-Resource-Policy', open ? 'cross-origin' : 'same-origin');
  ctx.set('Content-Security-Policy', BYTES_POLICY);
  ctx.set('Accept-Ranges', 'bytes');
  if (saveAs) ctx.attachment(saveAs);
}

/** One range of a `Range` header; null for the whole. Several at once are answered with the whole (RFC 9110, 14.2). */
export function readRange(
  header: string,
  size: number,
  ifRange: string,
  etag: string,
): { start: number; end: number } | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if ((!first && !last) || (ifRange && ifRange !== etag)) return null;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (first && last && Number(last) < start) return null;
  return start >= size || (!first && Number(last) === 0) ? 'beyond' : { start, end };
}
