import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommand } from '../../src/cli/run.ts';
import { builtDir } from '../../src/lib/root.ts';
import { freshDatabase, type FreshDatabase } from '../support/databases.ts';

describe('the operator at the command line', () => {
  let folder: string;
  let database: FreshDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bowerbird-cli-'));
    // SQLite's own file is in DATA_DIR; on PostgreSQL the address says where.
    database = await freshDatabase('postgres');
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs a command and answers its exit code and what it printed. */
  async function run(args: string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) {
    const said = { out: '', err: '' };
    const code = await runCommand(args, {
      env: { DATA_DIR: folder, ...env },
      input: Readable.from([input]),
      live: false,
      out: (text) => void (said.out += text),
      err: (text) => void (said.err += text),
    });
    return { code, ...said };
  }

  test.each(['sqlite', 'postgres'])('makes, lists, promotes, disables and enables accounts on %s', async (dialect) => {
    const env: Record<string, string> = dialect === 'postgres' ? { DATABASE_URL: database.url } : {};
    const made = await run(['user', 'create', 'vera', 'vera@example.org'], { input: 'a heap of blue things\n', env });
    expect(made).toMatchObject({ code: 0, out: 'vera has an account now.\n', err: '' });
    expect((await run(['user', 'list'], { env })).out).toMatch(/^vera\tvera@example.org\tadministrator\t\d{4}-/);
    expect((await run(['user', 'promote', 'Vera', 'moderator'], { env })).out).toBe('vera is moderator now.\n');
    expect((await run(['user', 'disable', 'vera'], { env })).out).toContain('signed out everywhere');
    expect((await run(['user', 'list'], { env })).out).toContain('disabled');
    expect((await run(['user', 'enable', 'vera'], { env })).code).toBe(0);
  });

  test('prints links to set a new password and to join, made from BASE_URL', async () => {
    const env = { BASE_URL: 'https://pictures.example.org' };
    await run(['user', 'create', 'walt', 'walt@example.org'], { input: 'another heap of things\n' });
    const reset = await run(['user', 'reset-password', 'walt'], { env });
    expect(reset.out).toMatch(/^https:\/\/pictures\.example\.org\/account\/password\/reset\/[\w-]{43}\n$/);
    const invitation = await run(['invite', 'someone@example.org'], { env });
    expect(invitation.out).toMatch(/^https:\/\/pictures\.example\.org\/account\/register\?invite=[\w-]{43}\n$/);
  });

  test('says in a sentence what is wrong, and exits 1', async () => {
    expect(await run(['user', 'disable', 'nobody'])).toMatchObject({
      code: 1,
      err: 'There is no account called nobody.\n',
    });
    expect(await run(['user', 'promote', 'nobody', 'king'])).toMatchObject({ code: 1 });
    const weak = await run(['user', 'create', 'xena', 'xena@example.org'], { input: 'short\n' });
    expect(weak).toMatchObject({
      code: 1,
      err: 'A password has at least 8 characters. A few words make a good one.\n',
    });
    const wrong = await run(['user', 'list'], { env: { PORT: 'many' } });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.err).toMatch(/^PORT must be/);
  });

  test.each([
    [[], ['user', 'invite', 'jobs', 'storage', 'secrets', 'doctor']],
    [['user'], ['list', 'create', 'disable', 'enable', 'promote', 'reset-password']],
    [['jobs'], ['list', 'retry']],
    [['storage'], ['list']],
    [['secrets'], ['rotate']],
  ])('%j tells what it does', async (command, names) => {
    const { code, out } = await run([...command, '--help']);
    expect(code).toBe(0);
    for (const name of names) expect(out).toMatch(new RegExp(`^  ${name}\\b.* {2}[a-z]`, 'm'));
  });

  test('a command that does not exist is said to be none, and exits 1', async () => {
    const { code, err } = await run(['fly']);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("unknown command 'fly'") });
  });

  test('is a process of its own', async () => {
    const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
    const child = spawn(process.execPath, [join(builtDir, 'src', 'cli.js'), 'user', 'create', 'yan', 'y@example.org'], {
      cwd: folder,
      env: { PATH, BOWERBIRD_TEST_RUN },
    });
    child.stdin.end('one more heap of things\n');
    const [out, code] = await Promise.all([text(child.stdout), once(child, 'close').then(([code]) => code as number)]);
    expect({ out, code }).toEqual({ out: 'yan has an account now.\n', code: 0 });
  });
});
