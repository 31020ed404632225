import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { Db } from '../db/index.ts';

/** Where the operator's commands are done: the settings, the database, and where it is said what came of it. */
export interface Desk {
  config: Config;
  db: Db;
  print(line: string): void;
  /** What is typed or piped in. */
  input: AsyncIterable<unknown> & { isTTY?: boolean };
  /** Says how far something is, over what it said before; null when it is over. */
  progress(line: string | null): void;
  /** Says what is to be typed in, beside what the command prints. */
  ask(line: string): void;
}

/** False where something is wrong that the exit code is to tell. */
export type Outcome = Promise<boolean | void>;

/** Opens a desk for the length of a command; `moved`: also where the database was moved into another one. */
export type AtDesk = (work: (desk: Desk) => Outcome, options?: { moved?: boolean }) => Promise<void>;

/** Puts the commands of a group under the program. */
export type AddCommands = (program: Command, atDesk: AtDesk) => void;
