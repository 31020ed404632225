import { say, speak, type Params, type Said, type WordKey } from './lib/words/index.ts';

/** What a script reads in `error.code`; pages show the sentence. */
export type RefusalCode = string;

export interface RefusalDetail {
  /** The form field that the sentence belongs to. */
  field?: string;
  /** Goes into the sentence's `{names}`. */
  params?: Params;
  /** More for the JSON answer beside `code`, `message` and `field`. */
  extra?: Record<string, unknown>;
  /** Seconds until another try makes sense (429, 503). */
  retryAfter?: number;
  /** For the log alone: never shown. */
  cause?: unknown;
}

/** Something that a person is told, in a sentence. Whatever else is thrown is a bug and answers 500. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: RefusalCode;
  readonly said: Said;
  readonly field: string | undefined;
  readonly extra: Record<string, unknown>;
  readonly retryAfter: number | undefined;
  /** What else is wrong with the same form. */
  others: readonly Refusal[] = [];

  constructor(status: number, code: RefusalCode, key: WordKey, detail: RefusalDetail = {}) {
    const said = say(key, detail.params);
    super(speak(said), { cause: detail.cause });
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.said = said;
    this.field = detail.field;
    this.extra = detail.extra ?? {};
    this.retryAfter = detail.retryAfter;
  }

  with(others: readonly Refusal[]): this {
    this.others = others;
    return this;
  }

  /** The same refusal, said of a field of the form at hand. */
  on(field: string): Refusal {
    const { status, code, said, extra, retryAfter } = this;
    return new Refusal(status, code, said.key, {
      field,
      params: said.params,
      extra,
      cause: this,
      ...(retryAfter ? { retryAfter } : {}),
    });
  }
}

/** The answer to whatever one may not see: the same as if it were not there. */
export const notFound = () => new Refusal(404, 'not_found', 'error.not_found');
