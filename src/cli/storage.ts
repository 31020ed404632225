import { words } from '../lib/words/index.ts';
import type { AddCommands } from './desk.ts';
import { forget, printStores } from './storage/list.ts';
import { rebalance } from './storage/rebalance.ts';

export const addStorage: AddCommands = (program, atDesk) => {
  const storage = program.command('storage').description(words('cli.storage'));
  storage
    .command('list')
    .description(words('cli.storage_list'))
    .option('--quick', words('cli.storage_quick'))
    .action((options: { quick?: boolean }) => atDesk((desk) => printStores(desk, options)));
  storage
    .command('rebalance')
    .description(words('cli.storage_rebalance'))
    .action(() => atDesk(rebalance));
  storage
    .command('forget')
    .argument('<store>')
    .description(words('cli.storage_forget'))
    .action((name: string) => atDesk((desk) => forget(desk, name)));
};
