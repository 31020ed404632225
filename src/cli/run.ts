import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { migrate, openDb } from '../db/index.ts';
import { Refusal } from '../errors.ts';
import { WrongSetting, type Environment } from '../lib/settings.ts';
import { words } from '../lib/words/index.ts';
import { addBackup } from './backup.ts';
import type { AtDesk } from './desk.ts';
import { addDoctor } from './doctor.ts';
import { addImages } from './images.ts';
import { addJobs } from './jobs.ts';
import { progressOn } from './progress.ts';
import { addSecrets } from './secrets.ts';
import { addStorage } from './storage.ts';
import { addUser } from './user.ts';

/** What a command has around it: the environment, what is typed in, and what is written on which way out. */
export interface Terminal {
  env: Environment;
  input: AsyncIterable<unknown> & { isTTY?: boolean };
  out(text: string): void;
  err(text: string): void;
  /** Whether somebody looks on: then progress is shown in one line that changes. */
  live: boolean;
}

/** Runs one of the operator's commands; answers its exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const print = (line: string) => terminal.out(`${line}\n`);
  const result = (well: boolean | void) => void (code = well === false ? 1 : 0);
  const atDesk: AtDesk = async (work, options) => result(await openDesk(terminal, print, work, options));
  const program = new Command('bowerbird').description(words('cli.about')).showHelpAfterError();
  program.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const add of [addUser, addImages, addJobs, addStorage, addBackup, addSecrets]) add(program, atDesk);
  addDoctor(program, terminal.env, print, result);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // What is wrong with the words of a command is said already.
    if (error instanceof CommanderError) return error.exitCode;
    const known = error instanceof Refusal || error instanceof WrongSetting;
    terminal.err(`${known ? error.message : (error as Error).stack}\n`);
    return 1;
  }
}

/** Opens the database of the settings, does the work and closes it again. */
async function openDesk(
  { env, input, err, live }: Terminal,
  print: (line: string) => void,
  work: Parameters<AtDesk>[0],
  { moved = false }: Parameters<AtDesk>[1] = {},
): Promise<boolean | void> {
  const config = readConfig(env);
  const db = openDb({ url: config.databaseUrl });
  try {
    if (!moved) await migrate(db);
    return await work({ config, db, print, input, ask: (line) => err(`${line}\n`), progress: progressOn(err, live) });
  } finally {
    await db.destroy();
  }
}
