import type { Count, Db } from '../db/index.ts';
import type { Imaging, Inspected } from '../imaging/index.ts';
import type { Log } from '../lib/log.ts';
import type { Fetcher } from '../net/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Placed } from './counts.ts';
import type { NopinRule } from './nopin.ts';

/** What saving an image works with, beside the database. */
export interface Tools {
  storage: Storage;
  imaging: Imaging;
  fetcher: Fetcher;
  log: Log;
  /** Whether this process does the jobs as well: then the child that made High goes on with the other tiers. */
  doesJobs: boolean;
  /** What goes on after the answer: whoever closes the site waits for it. It must not fail. */
  goesOn(work: Promise<unknown>): void;
  /** Wakes the worker once the job row is committed. */
  wake(): void;
  /** Told when all sizes of an image are made. */
  ready?(imageId: number): void;
  maxUploadBytes: number;
  /** Bytes a member may keep in all; null for no limit. */
  quotaBytes: number | null;
  nopin: NopinRule;
  /** Called at each point of a save and of the job after it; does nothing outside tests. */
  step?: AtStep;
}

/** Named points on the way of a save, of the job after it, and of what is made again: tests end the process at each of them. */
export const STEPS = [
  'received',
  'inspected',
  'expected',
  'original_stored',
  'stored',
  'committing',
  'committed',
  'rendering',
  'tiers_expected',
  'tiers_stored',
  'tiers_committing',
  'tiers_committed',
  'again_stored',
  'again_committed',
  'export_writing',
  'export_written',
  'export_kept',
] as const;

export type Step = (typeof STEPS)[number];

export type AtStep = (name: Step) => Promise<void> | void;

/** How far a save is, for whoever waits for it. */
export type Progress =
  /** The bytes come from an address; `total` where the other side has said how many there are. */
  | { state: 'fetching'; bytes: number; total: number | null }
  /** In a line: before a fetch, or before the imaging children. */
  | { state: 'waiting'; place(): number }
  | { state: 'looking' }
  | { state: 'keeping' };

export interface Saving extends Tools {
  db: Db;
  progress?(now: Progress): void;
  /** Aborts when whoever waits has gone: then it is given up, unless the picture is being looked at already. */
  signal?: AbortSignal;
  /** Refuses a picture that is not the one that was picked. */
  fits?(seen: Inspected): Promise<void>;
  /** Resolves when those that stand before it in the same form are saved or refused: it is recognised and kept after them. */
  turn?(): Promise<unknown>;
  /** What another room writes of the image in the same transaction, its place on a board; answers what that changes in lists. */
  alongside?(trx: Db, image: Placed): Promise<Count[]>;
}
