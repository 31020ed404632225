import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { formidable, type Files } from 'formidable';
import type { Context } from 'koa';
import { koaBody } from 'koa-body';
import { Refusal } from '../../errors.ts';
import { sizeInWords } from '../../lib/size.ts';
import type { Storage } from '../../storage/index.ts';
import type { Form, Upload } from '../visit.ts';

export interface Body {
  form: Form;
  upload: Upload | null;
}

interface BodyLimits {
  storage: Storage;
  maxUploadBytes: number;
  /** Whether this address takes a file. */
  upload: boolean;
}

/** A data: address of a megabyte grows to three when it is percent-encoded. */
const parseText = koaBody({
  multipart: false,
  text: false,
  json: true,
  urlencoded: true,
  jsonLimit: '2mb',
  formLimit: '4mb',
});

/**
 * Reads a form: urlencoded, JSON, or multipart with at most one file in `image`, which goes to a temporary file while it is
 * counted and hashed. When the body cannot be taken whole, `partial` gets the fields that came before.
 */
export async function readBody(ctx: Context, limits: BodyLimits, partial: (form: Form) => void): Promise<Body> {
  if (ctx.get('content-encoding')) throw new Refusal(415, 'encoding', 'upload.encoding');
  if (ctx.is('multipart')) return readMultipart(ctx, limits, partial);
  try {
    await parseText(ctx, async () => {});
  } catch (error) {
    throw asRefusal(error, limits);
  }
  const body: unknown = ctx.request.body;
  return { form: typeof body === 'object' && body !== null ? (body as Form) : {}, upload: null };
}

async function readMultipart(ctx: Context, limits: BodyLimits, partial: (form: Form) => void): Promise<Body> {
  const temporary = limits.storage.temporary();
  const parser = formidable({
    uploadDir: dirname(temporary),
    filename: () => basename(temporary),
    hashAlgorithm: 'sha256',
    maxFiles: 1,
    maxFileSize: limits.maxUploadBytes,
    maxTotalFileSize: limits.maxUploadBytes,
    maxFields: 60,
    maxFieldsSize: 4 * 1024 * 1024,
    allowEmptyFiles: true,
    minFileSize: 0,
    filter: ({ name }) => limits.upload && name === 'image',
  });
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  parser.on('field', (name, value) => addField(fields, name, value));
  try {
    const [, files] = await parser.parse(ctx.req);
    return { form: fields, upload: await theUpload(files) };
  } catch (error) {
    partial(fields);
    await rm(temporary, { force: true });
    throw asRefusal(error, limits);
  }
}

/** A name that comes again, or with brackets behind it, makes a list, as in other kinds of forms. */
function addField(fields: Record<string, unknown>, given: string, value: string) {
  const name = given.replace(/(?<=.)\[.*/s, '');
  const before = fields[name];
  if (before === undefined && name === given) fields[name] = value;
  else fields[name] = [...(Array.isArray(before) ? before : before === undefined ? [] : [before]), value];
}

/** Browsers send an empty file part for a file input that was left alone. */
async function theUpload(files: Files): Promise<Upload | null> {
  const file = files['image']?.[0];
  if (!file) return null;
  const name = (file.originalFilename ?? '').slice(0, 300);
  if (file.size === 0 && !name) {
    await rm(file.filepath, { force: true });
    return null;
  }
  return { file: file.filepath, name, bytes: file.size, sha256: String(file.hash) };
}

/** formidable's numbers for what is too large or too many. */
const TOO_LARGE = new Set([1009, 1006, 1007, 1016]);
const TOO_MANY = new Set([1015]);
const FULL = new Set(['ENOSPC', 'EDQUOT']);

function asRefusal(error: unknown, { maxUploadBytes, upload }: BodyLimits): unknown {
  const { code, status, httpCode } = error as { code?: unknown; status?: number; httpCode?: number };
  if (isTooLarge(code, status) && !upload) return new Refusal(413, 'too_large', 'form.too_large', { cause: error });
  if (isTooLarge(code, status))
    return new Refusal(413, 'too_large', 'upload.too_large', {
      field: 'image',
      params: { limit: sizeInWords(maxUploadBytes) },
      cause: error,
    });
  if (TOO_MANY.has(code as number))
    return new Refusal(422, 'invalid', 'upload.too_many', { field: 'image', cause: error });
  if (FULL.has(code as string))
    return new Refusal(507, 'disk_full', 'storage.disk_full', { field: 'image', cause: error });
  if (status !== undefined && status < 500) return new Refusal(400, 'form', 'upload.form', { cause: error });
  if (httpCode !== undefined || brokenOff(code))
    return new Refusal(400, 'broken_off', 'upload.broken_off', { cause: error });
  return error;
}

const isTooLarge = (code: unknown, status?: number) => TOO_LARGE.has(code as number) || status === 413;

const brokenOff = (code: unknown) =>
  code === 'ECONNRESET' ||
  code === 'ERR_STREAM_PREMATURE_CLOSE' ||
  code === 'HPE_INVALID_EOF_STATE' ||
  (typeof code === 'number' && code >= 1000 && code < 1100);
