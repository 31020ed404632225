import { createHashing, invite, register, resetLink } from '../accounts/index.ts';
import { Refusal } from '../errors.ts';
import { words } from '../lib/words/index.ts';
import { findAccount, listAccounts, setDisabled, setRole, type Account } from '../moderation/index.ts';
import type { AddCommands, Desk } from './desk.ts';

const OPERATOR = { accountId: null };

export const addUser: AddCommands = (program, atDesk) => {
  const user = program.command('user').description(words('cli.user'));
  user
    .command('list')
    .description(words('cli.user_list'))
    .action(() => atDesk(list));
  user
    .command('create <name> <email>')
    .description(words('cli.user_create'))
    .action((name: string, email: string) => atDesk((desk) => create(desk, name, email)));
  user
    .command('disable <name>')
    .description(words('cli.user_disable'))
    .action((name: string) =>
      atDesk((desk) => change(desk, name, ({ id }) => setDisabled(desk.db, id, true, OPERATOR), 'cli.is_disabled')),
    );
  user
    .command('enable <name>')
    .description(words('cli.user_enable'))
    .action((name: string) =>
      atDesk((desk) => change(desk, name, ({ id }) => setDisabled(desk.db, id, false, OPERATOR), 'cli.is_enabled')),
    );
  user
    .command('promote <name> [role]')
    .description(words('cli.user_promote'))
    .action((name: string, role = 'admin') => atDesk((desk) => promote(desk, name, role)));
  user
    .command('reset-password <name>')
    .description(words('cli.user_reset'))
    .action((name: string) => atDesk((desk) => reset(desk, name)));
  program
    .command('invite [email]')
    .description(words('cli.invite'))
    .action((email?: string) => atDesk((desk) => printInvitation(desk, email)));
};

const stateOf = ({ role, disabled }: Account) => words(disabled ? 'cli.disabled' : `cli.role.${role}`);

async function list({ db, print }: Desk) {
  let after = 0;
  for (;;) {
    const accounts = await listAccounts(db, { after });
    for (const account of accounts)
      print(
        [
          account.username,
          account.email,
          stateOf(account),
          new Date(account.createdAt).toISOString().slice(0, 10),
        ].join('\t'),
      );
    const last = accounts.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** A password from standard input, so that it stands in no list of processes and no history. */
async function readPassword({ input, ask }: Desk): Promise<string> {
  if (input.isTTY) ask(words('cli.type_password'));
  let text = '';
  for await (const chunk of input) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function create(desk: Desk, username: string, email: string) {
  const password = await readPassword(desk);
  await register(desk.db, createHashing(), { username, email, password, password2: password });
  desk.print(words('cli.created', { name: username }));
}

const known = ({ db }: Desk, name: string) =>
  findAccount(db, name).catch(() => {
    throw new Refusal(404, 'not_found', 'cli.nobody', { params: { name } });
  });

async function change(
  desk: Desk,
  name: string,
  work: (account: Account) => Promise<void>,
  done: 'cli.is_disabled' | 'cli.is_enabled' | 'cli.is_role',
  params = {},
) {
  const account = await known(desk, name);
  await work(account);
  desk.print(words(done, { name: account.username, ...params }));
}

const ROLES = ['member', 'moderator', 'admin'] as const;

async function promote(desk: Desk, name: string, given: string) {
  const role = ROLES.find((one) => one === given);
  if (!role) throw new Refusal(422, 'invalid', 'cli.no_role', { params: { role: given } });
  await change(desk, name, ({ id }) => setRole(desk.db, id, role, OPERATOR), 'cli.is_role', { role });
}

async function reset(desk: Desk, name: string) {
  const { id } = await known(desk, name);
  desk.print(await resetLink(desk.db, desk.config.baseUrl, id));
}

async function printInvitation({ db, config, print }: Desk, email: string | undefined) {
  const { link } = await invite(db, config.baseUrl, { by: null, ...(email ? { email } : {}) });
  print(link);
}
