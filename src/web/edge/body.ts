import { formidable } from 'formidable';
import type { Context } from 'koa';
import { koaBody } from 'koa-body';
import { Refusal } from '../../errors.ts';
import { sizeInWords } from '../../lib/size.ts';
import { diskFull, type Storage } from '../../storage/index.ts';
import type { UploadField } from '../route.ts';
import type { Form, Upload } from '../visit.ts';
import { createTaking, type UploadFault } from './upload.ts';

export interface Body {
  form: Form;
  upload: Upload | null;
}

interface BodyLimits {
  storage: Storage;
  maxUploadBytes: number;
  /** The field in which this address takes a file; null where it takes none. */
  upload: UploadField | null;
  /** Whether several files may come. */
  several?: boolean;
  /** Whether the form speaks of many images, and is as long as that takes. */
  long: boolean;
  /** Told how many bytes of the file are here, and the fields that came before it. */
  received?: ((form: Form, bytes: number) => void) | undefined;
}

/** Fields of a form; a name that comes again counts again. */
const MOST_FIELDS = 20_000;

/** How much of a form's text is read, and how many fields it has beside a file. */
interface Size {
  json: number;
  form: number;
  fields: number;
}

const MB = 1024 * 1024;
/** A data: address of a megabyte grows to three when it is percent-encoded. */
const USUAL: Size = { json: 2 * MB, form: 4 * MB, fields: 60 };
/** 200 pictures with all that is said of them, some of which travel as text themselves. */
const LONG: Size = { json: 24 * MB, form: 24 * MB, fields: 6000 };

const readerOf = ({ json, form }: Size) =>
  koaBody({
    multipart: false,
    text: false,
    json: true,
    urlencoded: true,
    jsonLimit: json,
    formLimit: form,
    // As many as a page lets somebody tick: the parser by itself makes something else of a name that comes more than twenty times,
    // and drops fields after a thousand.
    queryString: { arrayLimit: MOST_FIELDS, parameterLimit: MOST_FIELDS },
  });
const parseUsual = readerOf(USUAL);
const parseLong = readerOf(LONG);

/**
 * Reads a form: urlencoded, JSON, or multipart with at most one file, which goes to a temporary file while it is
 * counted and hashed. When the body cannot be taken whole, `partial` gets the fields that came before.
 */
export async function readBody(ctx: Context, limits: BodyLimits, partial: (form: Form) => void): Promise<Body> {
  if (ctx.get('content-encoding')) throw new Refusal(415, 'encoding', 'upload.encoding');
  if (ctx.is('multipart')) return readMultipart(ctx, limits, partial);
  try {
    await (limits.long ? parseLong : parseUsual)(ctx, async () => {});
  } catch (error) {
    throw asRefusal(error, limits);
  }
  const body: unknown = ctx.request.body;
  return { form: typeof body === 'object' && body !== null ? (body as Form) : {}, upload: null };
}

async function readMultipart(ctx: Context, limits: BodyLimits, partial: (form: Form) => void): Promise<Body> {
  const { fields: maxFields, form: maxFieldsSize } = limits.long ? LONG : USUAL;
  const parser = formidable({ maxFields, maxFieldsSize });
  const fields: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  parser.on('field', (name, value) => addField(fields, name, value));
  const taking = createTaking(ctx, {
    temporary: () => limits.storage.temporary(),
    maxBytes: limits.maxUploadBytes,
    several: limits.several ?? false,
    giveUp: (error) => void parser.emit('error', Object.assign(error, { status: 413 })),
    counted: (bytes) => limits.received?.(fields, bytes),
  });
  const readField = parser.onPart.bind(parser);
  parser.onPart = (part) => {
    // What has a file's name is a file, and nothing else is: scripts leave a file's type out, or give one to a text.
    if (part.originalFilename !== null) return void (part.name === limits.upload && taking.take(part));
    part.mimetype = null;
    readField(part);
  };
  try {
    await parser.parse(ctx.req);
    const upload = await taking.done();
    const fault = taking.fault();
    if (fault) throw refusalOf(fault, limits);
    return { form: fields, upload };
  } catch (error) {
    partial(fields);
    await taking.drop();
    // Whoever still sends reads our answer only when we have read theirs.
    ctx.req.resume();
    throw asRefusal(error, limits);
  }
}

function refusalOf(fault: UploadFault, limits: BodyLimits): unknown {
  const field = limits.upload ?? 'image';
  if (fault.kind === 'too_large') return tooLarge(limits);
  if (fault.kind === 'too_many') return new Refusal(422, 'invalid', 'upload.too_many', { field });
  return diskFull(fault.cause)?.on(field) ?? fault.cause;
}

const tooLarge = ({ maxUploadBytes, upload }: BodyLimits, cause?: unknown) =>
  new Refusal(413, 'too_large', 'upload.too_large', {
    field: upload ?? 'image',
    params: { limit: sizeInWords(maxUploadBytes) },
    cause,
  });

/** A name that comes again, or with brackets behind it, makes a list, as in other kinds of forms. */
function addField(fields: Record<string, unknown>, given: string, value: string) {
  const name = given.replace(/(?<=.)\[.*/s, '');
  const before = fields[name];
  if (before === undefined && name === given) fields[name] = value;
  else fields[name] = [...(Array.isArray(before) ? before : before === undefined ? [] : [before]), value];
}

/** formidable's numbers for what is too large or too many. */
const TOO_LARGE = new Set([1009, 1006, 1007, 1016]);

function asRefusal(error: unknown, limits: BodyLimits): unknown {
  if (error instanceof Refusal) return error;
  const { code, status, httpCode } = error as { code?: unknown; status?: number; httpCode?: number };
  if (isTooLarge(code, status) && !limits.upload)
    return new Refusal(413, 'too_large', 'form.too_large', { cause: error });
  if (isTooLarge(code, status)) return tooLarge(limits, error);
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
