import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { createMailer, sendLater } from '../../src/mail/index.ts';
import { makeAuthority, makeLeaf } from '../../src/net/tls/make.ts';
import { retryJob } from '../../src/queue/index.ts';
import { openPostOffice, readFolder, type PostOffice } from '../support/post.ts';
import { startTestSite } from '../support/site.ts';

const QUICK = { jobs: { pollMs: 20, backoff: { firstMs: 10, maxMs: 50, attempts: 200 } } };
const letter = { subject: 'Blue things', text: 'Three feathers.\n', html: '<p>Three feathers.</p>' };
const settingOf = (env: Record<string, string>) => readConfig(env).mail;

let folder: string;
let office: PostOffice | undefined;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'bowerbird-mail-'))));
afterEach(async () => {
  await office?.close();
  office = undefined;
  await rm(folder, { recursive: true, force: true });
});

const mailerTo = (url: string, ca?: string) =>
  createMailer({ setting: settingOf({ SMTP_URL: url }), dataDir: folder, ...(ca ? { ca } : {}) });

describe('a mail', () => {
  test('reaches a server with both of its forms, from MAIL_FROM, to one address', async () => {
    office = await openPostOffice();
    const setting = settingOf({ SMTP_URL: office.url, MAIL_FROM: 'The Bower <bower@images.example>' });
    await createMailer({ setting, dataDir: folder }).send({ id: 'abc', to: 'ann@example.org', ...letter });
    const [{ mail, from, to } = office.received[0]!] = office.received;
    expect([from, to]).toEqual(['bower@images.example', ['ann@example.org']]);
    expect(mail).toMatchObject({ subject: 'Blue things', messageId: '<abc@images.example>' });
    expect(mail.from).toMatchObject({ name: 'The Bower', address: 'bower@images.example' });
    expect([mail.text?.trim(), mail.html?.trim()]).toEqual(['Three feathers.', '<p>Three feathers.</p>']);
  });

  test('goes encrypted where the server offers it, with a name and a password', async () => {
    const authority = await makeAuthority(['127.0.0.1'], new Date());
    const { cert, key } = await makeLeaf(authority, ['127.0.0.1'], new Date());
    office = await openPostOffice({
      key,
      cert,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) =>
        password === 'p@ss:word' ? done(null, { user: String(username) }) : done(new Error('no')),
    });
    const url = `smtp://ann%40example:p%40ss%3Aword@127.0.0.1:${office.port}`;
    await mailerTo(url, authority.cert).send({ id: 'abc', to: 'ann@example.org', ...letter });
    expect(office.received).toMatchObject([{ secure: true, user: 'ann@example' }]);
    await expect(mailerTo(url).send({ id: 'abc', to: 'ann@example.org', ...letter })).rejects.toThrow(/certificate/);
    const wrong = url.replace('p%40ss', 'pass');
    await expect(mailerTo(wrong, authority.cert).send({ id: 'b', to: 'ann@example.org', ...letter })).rejects.toThrow();
    expect(office.received).toHaveLength(1);
  });

  test('without a server becomes a file that nobody else can read and nobody can guess, once however often it is tried', async () => {
    const mailer = createMailer({ setting: settingOf({}), dataDir: folder });
    for (let tries = 0; tries < 2; tries++) await mailer.send({ id: 'a1b2', to: 'ann@example.org', ...letter });
    expect(await readdir(join(folder, 'mail'))).toEqual(['a1b2.eml']);
    expect((await stat(join(folder, 'mail', 'a1b2.eml'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'mail'))).mode & 0o777).toBe(0o700);
    expect(await readFolder(folder)).toMatchObject([{ subject: 'Blue things', to: [{ address: 'ann@example.org' }] }]);
  });

  test.each([
    'ann@example.org\r\nBcc: eve@example.org',
    'ann@example.org, eve@example.org',
    'ann@example.org;eve@example.org',
    'Ann <ann@example.org>',
    '"ann"@example.org',
    'friends: ann@example.org;',
    'ann@example.org\u2028',
    'ann',
    `${'a'.repeat(300)}@example.org`,
  ])('to %j goes to nobody', async (to) => {
    const mailer = createMailer({ setting: settingOf({}), dataDir: folder });
    await expect(mailer.send({ id: 'a', to, ...letter })).rejects.toMatchObject({ status: 422 });
    expect(await readFolder(folder)).toEqual([]);
  });

  test.each([
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://user:secret@mail.example.org'],
    ['SMTP_URL', 'smtp://user:secret@mail.example.org/path'],
    ['SMTP_URL', 'smtp://user:%zz-secret@mail.example.org'],
    ['MAIL_FROM', 'nobody'],
    ['MAIL_FROM', 'a@b.example\r\nBcc: eve@example.org'],
    ['MAIL_FROM', 'a@b.example, c@d.example'],
  ])('%s=%j stops the start, and its password is not said', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} must`));
    expect(() => readConfig({ [name]: value })).not.toThrow(/secret/);
  });

  test.each([
    ['https://images.example.org', 'no-reply@images.example.org'],
    ['https://localhost:9000', 'no-reply@localhost'],
    ['https://[::1]:9000', 'no-reply@localhost'],
  ])('at %s comes from %s', (BASE_URL, address) => {
    expect(settingOf({ BASE_URL }).from).toEqual({ name: 'Bowerbird', address });
  });
});

describe('the job of a mail', () => {
  const mail = (username: string) => ({
    to: 'ann@example.org',
    kind: 'password_changed' as const,
    language: null,
    params: { username, link: 'https://localhost:9000/account/password/reset' },
  });

  test('sends later, and once, when the server was down', async () => {
    office = await openPostOffice();
    const { url, port } = office;
    await office.close();
    const site = await startTestSite({ SMTP_URL: url }, 'sqlite', undefined, QUICK);
    try {
      const { db } = site.site;
      await sendLater(db, mail('ann'));
      site.site.wake();
      const tried = async () => Number((await db('jobs').where({ kind: 'sendMail' }).first('attempts')).attempts);
      while ((await tried()) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      office = await openPostOffice({ port });
      while ((await db('jobs').where({ kind: 'sendMail' })).length > 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(office.received).toHaveLength(1);
      expect(office.received[0]?.mail.subject).toBe('Your password was changed');
    } finally {
      await site.end();
    }
  });

  test('gives up at once on an address that the server will never take, and the operator can try it again', async () => {
    let full = true;
    office = await openPostOffice({
      refuse: () => (full ? Object.assign(new Error('no such person'), { responseCode: 550 }) : null),
    });
    const site = await startTestSite({ SMTP_URL: office.url }, 'sqlite', undefined, QUICK);
    try {
      const { db } = site.site;
      await sendLater(db, mail('ann'));
      site.site.wake();
      await site.settled();
      const job = await db('jobs').where({ kind: 'sendMail' }).first('id', 'attempts', 'failed_at');
      expect(job).toMatchObject({ attempts: 1, failed_at: expect.any(Number) });
      full = false;
      await retryJob(db, Number(job.id));
      site.site.wake();
      await site.settled();
      expect(office.received).toHaveLength(1);
    } finally {
      await site.end();
    }
  });

  test('keeps one recipient and one subject, whatever is in the name', async () => {
    const site = await startTestSite({}, 'sqlite', undefined, QUICK);
    try {
      const hostile = 'ann\r\nBcc: eve@example.org\r\nSubject: more\u0000\u202e<b>&\u2028x';
      await sendLater(site.site.db, { ...mail(hostile), kind: 'reset' });
      site.site.wake();
      await site.settled();
      const [found, ...others] = await readFolder(site.dataDir);
      expect(others).toEqual([]);
      expect(found?.subject).toBe('A new password for ann Bcc: eve@example.org Subject: more <b>& x');
      expect(found).toMatchObject({ to: [{ address: 'ann@example.org' }] });
      expect(found?.bcc).toBeUndefined();
      expect(found?.html).not.toContain('<b>');
      expect(found?.headers.filter(({ key }) => key === 'subject')).toHaveLength(1);
    } finally {
      await site.end();
    }
  });
});
