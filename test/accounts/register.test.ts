import { register } from '../../src/accounts/index.ts';
import type { Dialect } from '../../src/db/index.ts';
import { Refusal } from '../../src/errors.ts';
import { eachDatabase, onDatabase } from '../support/databases.ts';
import { cheapHashing } from '../support/hashing.ts';
import { startTestSite, type TestSite } from '../support/site.ts';

const hashing = cheapHashing();
const PASSWORD = 'a heap of blue things';
const form = (username: string, more: Record<string, unknown> = {}) => ({
  username,
  email: `${username}@example.org`,
  password: PASSWORD,
  password2: PASSWORD,
  ...more,
});

describe.each<Dialect>(['sqlite', 'postgres'])('joining, on %s', (dialect) => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' }, dialect);
    await site.member('Ann');
  });
  afterAll(() => site.end());

  const join = (fields: Record<string, unknown>) => site.visitor().post('/account/register', fields, { json: true });

  test('the first of a new site is its administrator, and nobody after them', async () => {
    expect((await join(form('second'))).status).toBe(201);
    const rows = await site.site.db('accounts').orderBy('id').select('username', 'role');
    expect(rows).toEqual([
      { username: 'Ann', role: 'admin' },
      { username: 'second', role: 'member' },
    ]);
  });

  test('a page leads to the dashboard, signed in, with a welcome that is said once', async () => {
    const bea = site.visitor();
    const answer = await bea.post('/account/register', form('bea'));
    expect([answer.status, answer.headers['location']]).toEqual([303, '/account']);
    expect((await bea.get('/account')).text).toContain('Welcome, bea! This is your dashboard.');
    expect((await bea.get('/account')).text).not.toContain('Welcome, bea!');
  });

  test('a script gets the person, and a token that its next form is taken with', async () => {
    const cay = site.visitor();
    const answer = await cay.post('/account/register', form('cay'), { json: true });
    expect(answer.status).toBe(201);
    expect(answer.body.person).toEqual({
      username: 'cay',
      name: '',
      bio: '',
      followers: 0,
      following: 0,
      images: 0,
    });
    const out = await cay.post('/account/logout', {}, { json: true, token: answer.body.csrf });
    expect(out.status).toBe(200);
  });

  test.each([
    ['ann', 'username', 'Somebody has this username already. Please choose another one.'],
    ['ANN', 'username', 'Somebody has this username already. Please choose another one.'],
    ['ａｎｎ', 'username', 'Somebody has this username already. Please choose another one.'],
    ['  Ann  ', 'username', 'Somebody has this username already. Please choose another one.'],
  ])('the name %j is taken', async (username, field, message) => {
    const answer = await join(form('x', { username, email: 'free@example.org' }));
    expect([answer.status, answer.body.error]).toEqual([422, { code: 'taken', message, field }]);
  });

  test.each(['ann@example.org', ' ANN@Example.ORG ', 'ａｎｎ@example.org'])('the email %j is taken', async (email) => {
    const answer = await join(form('somebodyelse', { email }));
    expect([answer.status, answer.body.error]).toEqual([
      422,
      {
        code: 'taken',
        message: 'There is an account with this email already. You can sign in with it.',
        field: 'email',
      },
    ]);
  });

  test('nothing is kept of a registration that was refused', async () => {
    const before = await site.site.db('accounts').count({ n: '*' }).first();
    const sessions = await site.site.db('sessions').count({ n: '*' }).first();
    await join(form('dan', { password2: 'something else' }));
    await join(form('ann'));
    expect(await site.site.db('accounts').count({ n: '*' }).first()).toEqual(before);
    expect(await site.site.db('sessions').count({ n: '*' }).first()).toEqual(sessions);
  });

  test('names of any script, spaces in a password and everything around it are taken as typed', async () => {
    const password = '  ünï👩‍🚀 code  ';
    const made = await join(form('Øyvind.乙_2', { email: 'oyvind@bücher.example', password, password2: password }));
    expect([made.status, made.body.person?.username]).toEqual([201, 'Øyvind.乙_2']);
    for (const [typed, status] of [
      [password, 200],
      [password.trim(), 401],
      [password.toUpperCase(), 401],
    ] as const) {
      const answer = await site
        .visitor()
        .post('/account/login', { login: 'øyvind.乙_2', password: typed }, { json: true });
      expect(answer.status).toBe(status);
    }
  });
});

describe('what is wrong with a registration', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await startTestSite({ ROLE: 'web' });
  });
  afterAll(() => site.end());
  afterEach(async () => expect(await site.site.db('accounts')).toEqual([]));

  const NAME_LENGTH = 'A username has 3 to 30 characters.';
  const NAME_LETTERS =
    'A username is made of letters, digits, dots, dashes and underscores, and begins with a letter or digit.';
  const NAME_CONFUSABLE =
    'This name could be taken for another one: its letters come from several alphabets, or look like those of another. Please write it in one.';
  const NAME_KEPT = 'This name is kept for the site itself. Please choose another one.';
  const EMAIL = 'This does not look like an email address: name@example.org.';
  const OWN_NAME =
    'This is little more than your name, your email or this site’s name, which everybody can guess. Please take something else.';

  test.each([
    ['username', '', NAME_LENGTH],
    ['username', 'ab', NAME_LENGTH],
    ['username', 'a'.repeat(31), NAME_LENGTH],
    ['username', '.ann', NAME_LETTERS],
    ['username', 'ann.', NAME_LETTERS],
    ['username', 'an/n', NAME_LETTERS],
    ['username', 'a n n', NAME_LETTERS],
    ['username', '<b>ann', NAME_LETTERS],
    ['username', 'ann@example.org', NAME_LETTERS],
    ['username', 'Admin', NAME_KEPT],
    ['username', 'ａnonymous', NAME_KEPT],
    ['username', 'аdmin', NAME_CONFUSABLE],
    ['username', 'bоwer', NAME_CONFUSABLE],
    ['username', 'сосо', NAME_CONFUSABLE],
    ['username', 'ＡｄᎷin', NAME_CONFUSABLE],
    ['email', '', EMAIL],
    ['email', 'ann', EMAIL],
    ['email', 'ann@', EMAIL],
    ['email', '@example.org', EMAIL],
    ['email', 'a@b@example.org', EMAIL],
    ['email', 'ann@example', EMAIL],
    ['email', 'ann@-.org', EMAIL],
    ['email', 'an n@example.org', EMAIL],
    ['email', 'a,b@example.org', EMAIL],
    ['email', '<ann@example.org>', EMAIL],
    ['email', `${'a'.repeat(65)}@example.org`, EMAIL],
    ['email', `ann@${'a.'.repeat(130)}org`, EMAIL],
    ['password', '', 'A password has at least 8 characters. A few words make a good one.'],
    ['password', '1234567', 'A password has at least 8 characters. A few words make a good one.'],
    ['password', 'a'.repeat(129), 'A password has at most 128 characters.'],
    ['password', 'Somebody.New', OWN_NAME],
    ['password', 'SOMEBODY@example.org', OWN_NAME],
    ['password2', 'a heap of blue thing', 'The two passwords are not the same. Please type the second one again.'],
    ['password2', `${PASSWORD} `, 'The two passwords are not the same. Please type the second one again.'],
  ])('%s = %j is said at its field', async (field, value, message) => {
    const good = { username: 'somebody.new', email: 'somebody@example.org', password: PASSWORD, password2: PASSWORD };
    const typed = { ...good, [field]: value };
    if (field === 'password') typed.password2 = value;
    const json = await site.visitor().post('/account/register', typed, { json: true });
    expect([json.status, json.body.error]).toEqual([422, { code: 'invalid', message, field }]);
  });

  test('the page shows every sentence at its field, what was typed, and no password', async () => {
    const { load } = await import('cheerio');
    const typed = { username: 'x', email: 'ann"><i>@', password: 'secret1', password2: 'secret2', next: '/images' };
    const answer = await site.visitor().post('/account/register', typed);
    expect(answer.status).toBe(422);
    const $ = load(answer.text);
    expect($('#username-error').text().trim()).toBe(NAME_LENGTH);
    expect($('#email-error').text().trim()).toBe(EMAIL);
    expect($('#password-error').text().trim()).toContain('at least 8 characters');
    expect($('#troubles a')).toHaveLength(3);
    expect($('#username').val()).toBe('x');
    expect($('#username').attr('aria-invalid')).toBe('true');
    expect($('#email').val()).toBe('ann"><i>@');
    expect($('form[action="/account/register"] input[name=next]').val()).toBe('/images');
    expect($('form i')).toHaveLength(0);
    expect(answer.text).not.toContain('secret1');
    expect(answer.text).not.toContain('secret2');
  });

  test('a site that takes nobody says so', async () => {
    const closed = await startTestSite({ ROLE: 'web', REGISTRATION: 'closed' });
    try {
      const answer = await closed.visitor().post('/account/register', form('ann'), { json: true });
      expect([answer.status, answer.body.error.message]).toEqual([
        422,
        'This site takes no new members at the moment.',
      ]);
      const page = await closed.visitor().post('/account/register', form('ann'));
      expect(page.text).toContain('This site takes no new members at the moment.');
      expect(page.text).not.toContain('href="#"');
      expect(await closed.site.db('accounts')).toEqual([]);
    } finally {
      await closed.end();
    }
  });
});

eachDatabase((open, dialect) => {
  const connections = 4;

  test('of twenty who want the same name at once, one gets it, and all others are told', async () => {
    const db = await open({ connections });
    const tries = Array.from({ length: 20 }, (_, i) =>
      register(db, hashing, { ...form(i % 2 ? 'Bower' : 'bower'), email: `n${i}@example.org` }),
    );
    const outcomes = await Promise.allSettled(tries);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as Refusal);
    expect(refused).toHaveLength(19);
    expect(new Set(refused.map(({ code, field }) => `${code} ${field}`))).toEqual(new Set(['taken username']));
    expect(await db('accounts')).toHaveLength(1);
  });

  test('of those who come first at the same moment, one is the administrator', async () => {
    const db = await open({ connections });
    await Promise.all(Array.from({ length: 6 }, (_, i) => register(db, hashing, form(`member${i}`))));
    expect(await db('accounts').where({ role: 'admin' })).toHaveLength(1);
    expect(await db('accounts').where({ role: 'member' })).toHaveLength(5);
  });

  test('a taken name and a taken email are both said', async () => {
    const db = await open();
    await register(db, hashing, form('bower'));
    const refusal = await register(db, hashing, form('Bower')).catch((error: unknown) => error as Refusal);
    expect(refusal).toBeInstanceOf(Refusal);
    const { field, others } = refusal as Refusal;
    expect([field, ...others.map((other) => other.field)]).toEqual(['username', 'email']);
    expect(dialect).toBeDefined();
  });
});

onDatabase('postgres', (open) => {
  test('not even those who have all seen an empty site, before any of them could write, are its administrators', async () => {
    const db = await open({ connections: 6 });
    const waiting = async () => {
      const query = db('pg_stat_activity').where({ wait_event_type: 'Lock' }).whereRaw('datname = current_database()');
      return (await query).length;
    };
    const holder = await db.transaction();
    await holder.raw('LOCK TABLE accounts IN SHARE MODE');
    const joining = Promise.all([0, 1, 2].map((i) => register(db, hashing, form(`member${i}`))));
    while ((await waiting()) < 3);
    await holder.commit();
    await joining;
    expect(await db('accounts').where({ role: 'admin' })).toHaveLength(1);
  });
});
