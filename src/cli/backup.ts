import { InvalidArgumentError } from 'commander';
import { words } from '../lib/words/index.ts';
import { backUp, type BackupOptions } from './backup/backup.ts';
import { move, type MoveOptions } from './backup/move.ts';
import { restore, type RestoreOptions } from './backup/restore.ts';
import type { AddCommands } from './desk.ts';

export const addBackup: AddCommands = (program, atDesk) => {
  program
    .command('backup <file>')
    .description(words('backup.about'))
    .option('--keep <number>', words('backup.keep'), wholeNumber)
    .option('--no-secret', words('backup.no_secret'))
    .action((file: string, options: BackupOptions) => atDesk((desk) => backUp(desk, file, options)));
  program
    .command('restore <file>')
    .description(words('restore.about'))
    .option('--list', words('restore.list'))
    .option('--run <number>', words('restore.run'), wholeNumber)
    .option('--check', words('restore.check'))
    .action((file: string, options: RestoreOptions) => atDesk((desk) => restore(desk, file, options)));
  program
    .command('move')
    .description(words('move.about'))
    .option('--to <url>', words('move.to'))
    .option('--copy', words('move.copy'))
    .option('--undo', words('move.undo'))
    .action((options: MoveOptions) => atDesk((desk) => move(desk, options), { moved: options.undo ?? false }));
};

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError(words('backup.no_number', { value: text }));
  return Number(text);
}
