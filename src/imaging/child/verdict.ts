import type { Reason, Verdict } from '../protocol.ts';

/** Thrown where a picture turns out not to be taken. */
export class NotTaken extends Error {
  readonly verdict: Verdict;

  constructor(reason: Reason, params: Verdict['params'] = {}, cause?: unknown) {
    super(reason, { cause });
    this.verdict = { reason, params };
  }
}
