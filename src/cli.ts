import { Command } from 'commander';
import { createHashing, invite, register, resetLink } from './accounts/index.ts';
import { readConfig } from './config.ts';
import { migrate, openDb, type Db } from './db/index.ts';
import { Refusal } from './errors.ts';
import { WrongSetting } from './lib/settings.ts';
import { words } from './lib/words/index.ts';
import { findAccount, listAccounts, setDisabled, setRole, type Account } from './moderation/index.ts';

/** The operator's commands: `npm run bowerbird -- …`. They work beside a running site, over the same database. */
const OPERATOR = { accountId: null };

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Opens the database of the settings, does the work and closes it again. */
async function withDb(work: (db: Db, baseUrl: string) => Promise<void>) {
  const config = readConfig(process.env);
  const db = openDb({ url: config.databaseUrl });
  try {
    await migrate(db);
    await work(db, config.baseUrl);
  } finally {
    await db.destroy();
  }
}

const stateOf = ({ role, disabled }: Account) => words(disabled ? 'cli.disabled' : `cli.role.${role}`);

async function list(db: Db) {
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
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`${words('cli.type_password')}\n`);
  let text = '';
  for await (const chunk of process.stdin) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

async function create(db: Db, username: string, email: string) {
  const password = await readPassword();
  await register(db, createHashing(), { username, email, password, password2: password });
  print(words('cli.created', { name: username }));
}

const known = (db: Db, name: string) =>
  findAccount(db, name).catch(() => {
    throw new Refusal(404, 'not_found', 'cli.nobody', { params: { name } });
  });

async function change(
  db: Db,
  name: string,
  work: (account: Account) => Promise<void>,
  done: 'cli.is_disabled' | 'cli.is_enabled' | 'cli.is_role',
  params = {},
) {
  const account = await known(db, name);
  await work(account);
  print(words(done, { name: account.username, ...params }));
}

function commands(): Command {
  const program = new Command('bowerbird').description(words('cli.about')).showHelpAfterError();
  const user = program.command('user').description(words('cli.user'));
  user
    .command('list')
    .description(words('cli.user_list'))
    .action(() => withDb(list));
  user
    .command('create <name> <email>')
    .description(words('cli.user_create'))
    .action((name: string, email: string) => withDb((db) => create(db, name, email)));
  user
    .command('disable <name>')
    .description(words('cli.user_disable'))
    .action((name: string) =>
      withDb((db) => change(db, name, ({ id }) => setDisabled(db, id, true, OPERATOR), 'cli.is_disabled')),
    );
  user
    .command('enable <name>')
    .description(words('cli.user_enable'))
    .action((name: string) =>
      withDb((db) => change(db, name, ({ id }) => setDisabled(db, id, false, OPERATOR), 'cli.is_enabled')),
    );
  user
    .command('promote <name> [role]')
    .description(words('cli.user_promote'))
    .action((name: string, role = 'admin') => withDb((db) => promote(db, name, role)));
  user
    .command('reset-password <name>')
    .description(words('cli.user_reset'))
    .action((name: string) => withDb((db, site) => reset(db, site, name)));
  program
    .command('invite [email]')
    .description(words('cli.invite'))
    .action((email?: string) => withDb((db, site) => printInvitation(db, site, email)));
  return program;
}

async function reset(db: Db, site: string, name: string) {
  const { id } = await known(db, name);
  print(await resetLink(db, site, id));
}

async function printInvitation(db: Db, site: string, email: string | undefined) {
  const { link } = await invite(db, site, { by: null, ...(email ? { email } : {}) });
  print(link);
}

const ROLES = ['member', 'moderator', 'admin'] as const;

async function promote(db: Db, name: string, given: string) {
  const role = ROLES.find((one) => one === given);
  if (!role) throw new Refusal(422, 'invalid', 'cli.no_role', { params: { role: given } });
  await change(db, name, ({ id }) => setRole(db, id, role, OPERATOR), 'cli.is_role', { role });
}

try {
  await commands().parseAsync();
} catch (error) {
  const known = error instanceof Refusal || error instanceof WrongSetting;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
