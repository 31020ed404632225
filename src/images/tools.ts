import type { Db } from '../db/index.ts';
import type { Imaging } from '../imaging/index.ts';
import type { Log } from '../lib/log.ts';
import type { Fetcher } from '../net/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Handover } from './handover.ts';

/** What saving an image works with, beside the database. */
export interface Tools {
  storage: Storage;
  imaging: Imaging;
  fetcher: Fetcher;
  log: Log;
  /** Where the jobs run in this process: spares them a decoding. */
  handover: Handover | null;
  /** Wakes the worker once the job row is committed. */
  wake(): void;
  maxUploadBytes: number;
  /** Bytes a member may keep in all; null for no limit. */
  quotaBytes: number | null;
}

/** A named point on the way of a save, for the tests that end the process at each of them. */
export type Step = 'received' | 'inspected' | 'expected' | 'stored' | 'committed';

export interface Saving extends Tools {
  db: Db;
  /** What another room writes of the image in the same transaction: its place on a board. */
  alongside?(trx: Db, imageId: number): Promise<void>;
  /** Called at each point; does nothing outside tests. */
  step?(name: Step): Promise<void> | void;
}
