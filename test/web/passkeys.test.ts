import { load } from 'cheerio';
import { Authenticator, type Options } from '../support/authenticator.ts';
import { mailFor } from '../support/post.ts';
import { BASE, startTestSite, type Member, type TestSite, type Visitor } from '../support/site.ts';

let site: TestSite;
let made = 0;

beforeAll(async () => {
  site = await startTestSite();
});
afterAll(() => site.end());

const optionsAt = async (who: Visitor, address: string): Promise<Options> =>
  ((await who.post(address, {}, { json: true })).body as { options: Options }).options;

async function add(who: Visitor, device: Authenticator, lies = {}, name = 'My phone') {
  const credential = device.create(await optionsAt(who, '/account/passkeys/options'), lies);
  const form = { action: 'add', name, credential: JSON.stringify(credential) };
  return who.post('/account/passkeys', form, { json: true });
}

/** A member with a passkey. */
async function keyed(): Promise<{ ann: Member; device: Authenticator; id: number }> {
  const ann = await site.member(`keyed${++made}`);
  const device = new Authenticator(BASE);
  const { body } = await add(ann, device);
  return { ann, device, id: body.passkey.id };
}

async function signIn(device: Authenticator, lies = {}, form: Record<string, string> = {}) {
  const visitor = site.visitor();
  const options = await optionsAt(visitor, '/account/login/options');
  const credential = JSON.stringify(device.get(options, lies));
  const answer = await visitor.post('/account/login/passkey', { credential, ...form }, { json: !form['next'] });
  return { visitor, answer, credential };
}

describe('adding a passkey', () => {
  test('the page lists it, and nothing of the key is told to anybody else', async () => {
    const { ann } = await keyed();
    const { $ } = await ann.see('/account/passkeys');
    expect($('.record-name').text()).toContain('My phone');
    const list = await ann.get('/account/passkeys', { json: true });
    expect(list.body).toEqual({
      passkeys: [
        { id: expect.any(Number), name: 'My phone', synced: false, created_at: expect.any(String), used_at: null },
      ],
    });
  });

  test('the options want a key that is kept on the device and asks for the person, and name no one by more than the name', async () => {
    const ann = await site.member('ann');
    const options = (await optionsAt(ann, '/account/passkeys/options')) as Options & Record<string, unknown>;
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Bowerbird' },
      user: { name: 'ann', id: expect.stringMatching(/^[\w-]{43}$/) },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: 300_000,
    });
    expect(Buffer.from(options.challenge, 'base64url').length).toBeGreaterThanOrEqual(32);
  });

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site’s name', { rpId: 'evil.example' }],
    ['a challenge of its own', { challenge: 'AAAA' }],
    ['nobody asked for', { verified: false }],
    ['certificates that were not asked for', { format: 'fido-u2f' }],
    ['packed certificates', { format: 'packed' }],
  ])('with %s it is not kept', async (_, lies) => {
    const cis = await site.member(`cis${++made}`);
    const answer = await add(cis, new Authenticator(BASE), lies);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'wrong_passkey']);
    expect((await cis.get('/account/passkeys', { json: true })).body.passkeys).toEqual([]);
  });

  test('a challenge is answered once, by the browser it went to, for what it was made for', async () => {
    const { ann, device } = await keyed();
    const slip = ann.cookies.get('__Host-slip-passkey');
    expect(slip).toBeUndefined();
    const options = await optionsAt(ann, '/account/passkeys/options');
    const kept = ann.cookies.get('__Host-slip-passkey') ?? '';
    const form = { action: 'add', credential: JSON.stringify(new Authenticator(BASE).create(options)) };
    expect((await ann.post('/account/passkeys', form, { json: true })).status).toBe(201);
    expect((await ann.post('/account/passkeys', form, { json: true })).body.error.code).toBe('too_late');
    ann.cookies.set('__Host-slip-passkey', kept);
    const again = { action: 'add', credential: JSON.stringify(new Authenticator(BASE).create(options)) };
    expect((await ann.post('/account/passkeys', again, { json: true })).body.error.code).toBe('wrong_passkey');
    const visitor = site.visitor();
    await optionsAt(visitor, '/account/login/options');
    visitor.cookies.set('__Host-slip-passkey', kept);
    const credential = JSON.stringify(device.get({ ...options, rpId: 'localhost' }));
    const answer = await visitor.post('/account/login/passkey', { credential }, { json: true });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'too_late']);
  });

  test('the same key belongs to one account, and excludes itself when its owner adds another', async () => {
    const { ann, device } = await keyed();
    const options = (await optionsAt(ann, '/account/passkeys/options')) as Options & { excludeCredentials: unknown[] };
    expect(options.excludeCredentials).toHaveLength(1);
    expect(options.user?.id).toBe(device.handle);
    const dot = await site.member(`dot${++made}`);
    const answer = await add(dot, device);
    expect([answer.status, answer.body.error.code]).toEqual([409, 'known']);
  });

  test('what is no credential is told so, and is no bug', async () => {
    const { ann } = await keyed();
    const nonsense = [
      '',
      'null',
      '[]',
      '{}',
      '"x"',
      '{"id":"x"}',
      '{',
      '{"id":"a","rawId":"a","type":"public-key","response":{"attestationObject":"AAAA"}}',
      'x'.repeat(60_000),
    ];
    for (const credential of nonsense) {
      await optionsAt(ann, '/account/passkeys/options');
      const answer = await ann.post('/account/passkeys', { action: 'add', credential }, { json: true });
      expect([credential.slice(0, 20), answer.status]).toEqual([credential.slice(0, 20), 422]);
      const visitor = site.visitor();
      await optionsAt(visitor, '/account/login/options');
      const login = await visitor.post('/account/login/passkey', { credential }, { json: true });
      expect([credential.slice(0, 20), login.status]).toEqual([credential.slice(0, 20), 401]);
    }
  });

  test('a name has its limits, and without one the device gives it', async () => {
    const eve = await site.member('eve');
    const long = await add(eve, new Authenticator(BASE), {}, 'x'.repeat(61));
    expect([long.status, long.body.error.field]).toEqual([422, 'name']);
    const headers = {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/143.0.0.0 Safari/537.36',
    };
    const credential = new Authenticator(BASE).create(await optionsAt(eve, '/account/passkeys/options'));
    const form = { action: 'add', credential };
    const answer = await eve.post('/account/passkeys', form, { json: true, as: 'json', headers });
    expect(answer.body.passkey.name).toBe('Linux');
  });

  test('it is asked for the password again when that was too long ago', async () => {
    const { ann, id } = await keyed();
    await site.site.db('sessions').update({ fresh_at: 0 });
    expect((await ann.get('/account/passkeys')).headers['location']).toBe('/account/again?next=%2Faccount%2Fpasskeys');
    const codes = [];
    for (const [address, form] of [
      ['/account/passkeys/options', {}],
      ['/account/passkeys', { action: 'remove', passkey: id }],
    ] as const)
      codes.push((await ann.post(address, form, { json: true })).body.error.code);
    expect(codes).toEqual(['confirm', 'confirm']);
  });
});

describe('signing in with a passkey', () => {
  test('needs no name, no password and no code', async () => {
    const { ann, device } = await keyed();
    const { visitor, answer } = await signIn(device);
    expect([answer.status, answer.body.person.username]).toEqual([200, ann.username]);
    expect((await visitor.get('/account')).status).toBe(200);
    const page = await signIn(device, {}, { next: '/images?page=2' });
    expect([page.answer.status, page.answer.headers['location']]).toEqual([303, '/images?page=2']);
    const list = await ann.get('/account/passkeys', { json: true });
    expect(list.body.passkeys[0].used_at).not.toBeNull();
  });

  test('the options name nobody', async () => {
    await keyed();
    const options = (await optionsAt(site.visitor(), '/account/login/options')) as unknown as Record<string, unknown>;
    expect(options).toEqual({
      rpId: 'localhost',
      challenge: expect.any(String),
      timeout: 300_000,
      userVerification: 'required',
    });
  });

  test.each([
    ['for another origin', { origin: 'https://evil.example' }],
    ['for another name', { rpId: 'evil.example' }],
    ['of another challenge', { challenge: 'AAAA' }],
    ['without asking for the person', { verified: false }],
    ['with a counter that stands still', { counter: 1 }],
    ['in the name of somebody else', { userHandle: 'c29tZWJvZHkgZWxzZQ' }],
  ])('signed %s it opens nothing', async (_, lies) => {
    const { device } = await keyed();
    const { visitor, answer } = await signIn(device, lies);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'wrong_passkey']);
    expect(visitor.cookies.has('__Host-session')).toBe(false);
  });

  test('an unknown one, a removed one and one that was answered already open nothing', async () => {
    expect((await signIn(new Authenticator(BASE))).answer.body.error.code).toBe('wrong_passkey');
    const { ann, device, id } = await keyed();
    const visitor = site.visitor();
    const options = await optionsAt(visitor, '/account/login/options');
    const kept = visitor.cookies.get('__Host-slip-passkey') ?? '';
    const credential = JSON.stringify(device.get(options));
    expect((await visitor.post('/account/login/passkey', { credential }, { json: true })).status).toBe(200);
    const thief = site.visitor();
    thief.cookies.set('__Host-slip-passkey', kept);
    const replay = JSON.stringify(device.get(options));
    expect((await thief.post('/account/login/passkey', { credential: replay }, { json: true })).status).toBe(401);
    await ann.post('/account/passkeys', { action: 'remove', passkey: id });
    const gone = await signIn(device, {}, { next: '/images' });
    expect(gone.answer.status).toBe(401);
    expect(load(gone.answer.text)('#troubles').text()).toContain('does not open anything here');
  });

  test('a disabled account stays shut', async () => {
    const { ann, device } = await keyed();
    await site.site.db('accounts').where({ username: ann.username }).update({ disabled_at: Date.now() });
    const { answer } = await signIn(device);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'disabled']);
  });
});

describe('showing again who one is', () => {
  test('one’s own passkey is as good as the password, another’s is not', async () => {
    const { ann, device } = await keyed();
    const { device: others } = await keyed();
    await site.site.db('sessions').update({ fresh_at: 0 });
    expect((await ann.see('/account/again')).$('[data-passkey]').attr('data-options')).toBe('/account/again/options');
    const wrong = others.get(await optionsAt(ann, '/account/again/options'));
    const refused = await ann.post('/account/again', { credential: JSON.stringify(wrong) }, { json: true });
    expect([refused.status, refused.body.error.code]).toEqual([401, 'wrong_passkey']);
    const right = device.get(await optionsAt(ann, '/account/again/options'));
    const form = { credential: JSON.stringify(right), next: '/account/passkeys' };
    expect((await ann.post('/account/again', form)).headers['location']).toBe('/account/passkeys');
    expect((await ann.get('/account/passkeys')).status).toBe(200);
  });
});

describe('keeping passkeys', () => {
  test('one’s own can be renamed and removed, others’ are not there', async () => {
    const { ann, id } = await keyed();
    const { ann: bea } = await keyed();
    for (const form of [
      { action: 'rename', passkey: id, name: 'Mine' },
      { action: 'remove', passkey: id },
      { action: 'remove', passkey: 'x' },
    ])
      expect((await bea.post('/account/passkeys', form, { json: true })).status).toBe(404);
    await ann.post('/account/passkeys', { action: 'rename', passkey: id, name: ' The  blue key ' });
    expect((await ann.get('/account/passkeys', { json: true })).body.passkeys[0].name).toBe('The blue key');
    const empty = await ann.post('/account/passkeys', { action: 'rename', passkey: id, name: ' ' }, { json: true });
    expect([empty.status, empty.body.error.field]).toEqual([422, 'name']);
    const removed = await ann.post('/account/passkeys', { action: 'remove', passkey: id });
    expect(removed.headers['location']).toBe('/account/passkeys');
    expect((await ann.see('/account/passkeys')).$('main').text()).toContain('You have none yet.');
    const acts = await site.site.db('audit_log').where('act', 'like', 'passkey%').orderBy('id', 'desc').first();
    expect(acts).toMatchObject({ act: 'passkey_removed', subject: 'The blue key' });
  });

  test('the only way into an account stays', async () => {
    const { ann, id } = await keyed();
    await site.site.db('accounts').where({ username: ann.username }).update({ password_hash: null });
    const answer = await ann.post('/account/passkeys', { action: 'remove', passkey: id }, { json: true });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'last_way']);
    const { id: account_id } = await site.site.db('accounts').where({ username: ann.username }).first('id');
    const elsewhere = { issuer: 'https://accounts.example', subject: '7', email: '', created_at: 1, used_at: 1 };
    await site.site.db('identities').insert({ account_id, ...elsewhere });
    expect((await ann.post('/account/passkeys', { action: 'remove', passkey: id }, { json: true })).status).toBe(200);
  });

  test('the owner is told by mail', async () => {
    const { ann, id } = await keyed();
    await ann.post('/account/passkeys', { action: 'remove', passkey: id });
    const mails = await mailFor(site, `${ann.username}@example.org`);
    expect(mails.map(({ subject }) => subject).sort()).toEqual(['A passkey was added', 'A passkey was removed']);
    expect(mails[0]?.text).toContain('“My phone”');
  });

  test('a passkey is a second factor where the site asks for one, and the last one stays', async () => {
    const strict = await startTestSite({ REQUIRE_2FA: 'yes', ROLE: 'web' });
    try {
      const ann = await strict.member('ann');
      expect((await ann.get('/account')).status).toBe(303);
      const token = (await ann.see('/account/passkeys')).$('meta[name=csrf-token]').attr('content') ?? '';
      const { body } = await ann.post('/account/passkeys/options', {}, { json: true, token });
      const credential = JSON.stringify(new Authenticator(BASE).create(body.options));
      const added = await ann.post('/account/passkeys', { action: 'add', credential }, { json: true, token });
      expect((await ann.get('/account')).status).toBe(200);
      const form = { action: 'remove', passkey: added.body.passkey.id };
      expect((await ann.post('/account/passkeys', form, { json: true })).body.error.code).toBe('required');
    } finally {
      await strict.end();
    }
  });

  test('at a bare address there are none, and the page says why', async () => {
    const bare = await startTestSite({ BASE_URL: 'https://192.0.2.1:9000', ROLE: 'web' });
    try {
      const ann = await bare.member('ann');
      expect((await ann.see('/account/passkeys')).$('main').text()).toContain('Passkeys need a site with a name');
      const answer = await ann.post('/account/passkeys/options', {}, { json: true });
      expect([answer.status, answer.body.error.code]).toEqual([409, 'no_passkeys']);
      expect((await bare.visitor().see('/account/login')).$('[data-passkey]')).toHaveLength(0);
    } finally {
      await bare.end();
    }
  });
});
