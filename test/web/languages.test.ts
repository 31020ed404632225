import type { Dialect } from '../../src/db/index.ts';
import { languageAsked } from '../../src/web/edge/language.ts';
import { mailFor } from '../support/post.ts';
import { startTestSite, type Member, type TestSite } from '../support/site.ts';

const GERMAN = { 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' };

test.each([
  ['', 'en'],
  ['*', 'en'],
  ['de', 'de'],
  ['DE-ch', 'de'],
  ['fr, de;q=0.7, en;q=0.8', 'en'],
  ['fr, de;q=0.9, en;q=0.8', 'de'],
  ['de;q=0, en', 'en'],
  ['de;q=0', 'en'],
  ['fr', 'en'],
  ['de;q=much, en;q=0.9', 'de'],
  [`${'x,'.repeat(4000)}de`, 'en'],
])('a browser that asks for %j is answered in %s', (header, language) => {
  expect(languageAsked(header)).toBe(language);
});

describe.each<Dialect>(['sqlite', 'postgres'])('the languages of a site, on %s', (dialect) => {
  let site: TestSite;
  let ann: Member;

  beforeAll(async () => {
    site = await startTestSite({ OPEN_GALLERY: 'yes' }, dialect);
    ann = await site.member('ann');
  });
  afterAll(() => site.end());

  const langOf = (page: string) => /<html[^>]* lang="(\w+)"/.exec(page)?.[1];

  test('a visitor gets pages, refusals and their sentences as the browser asks, also those that are kept', async () => {
    const visitor = site.visitor();
    for (const path of ['/', '/', '/images', '/images', '/account/login', '/people/nobody']) {
      const german = await visitor.get(path, { headers: GERMAN });
      const english = await visitor.get(path);
      expect([path, langOf(german.text), langOf(english.text)]).toEqual([path, 'de', 'en']);
      expect(german.headers['vary']).toContain('Accept-Language');
      expect(german.text).toContain('Anmelden');
      expect(english.text).not.toContain('Anmelden');
    }
    const wrong = { login: 'nobody', password: 'none' };
    const said = async (headers: Record<string, string>) =>
      (await visitor.post('/account/login', wrong, { json: true, headers })).body.error.message;
    expect(await said({})).toMatch(/^No account/);
    expect(await said(GERMAN)).not.toBe(await said({}));
  });

  test('what is wrong with a form is said in the language of its page', async () => {
    const { text } = await ann.post('/images/create', { title: 'Owl', url: 'no address' }, { headers: GERMAN });
    expect(langOf(text)).toBe('de');
    const { body } = await ann.post('/images/create', { url: 'no address' }, { json: true, headers: GERMAN });
    expect(text).toContain(body.error.message);
  });

  test('a member’s choice goes before the browser’s, from the next page on, and can be taken back', async () => {
    const choose = (language: string) => ann.post('/account/edit', { language }, { json: true });
    expect((await choose('de')).body.profile.language).toBe('de');
    expect(langOf((await ann.get('/account')).text)).toBe('de');
    expect(langOf((await ann.get('/account', { headers: { 'accept-language': 'en' } })).text)).toBe('de');
    const note = await ann.see('/account/edit');
    expect(note.$('select[name=language] [selected]').attr('value')).toBe('de');
    expect((await choose('browser')).body.profile.language).toBe('browser');
    expect(langOf((await ann.get('/account')).text)).toBe('en');
    expect(langOf((await ann.get('/account', { headers: GERMAN })).text)).toBe('de');
    const refused = await choose('elvish');
    expect([refused.status, refused.body.error.field]).toEqual([422, 'language']);
  });

  test('an image’s page that is kept for a session is another one in another language', async () => {
    const { url } = await ann.save({ title: 'Owl' });
    for (const headers of [{}, GERMAN, {}, GERMAN])
      expect(langOf((await ann.get(url, { headers })).text)).toBe('accept-language' in headers ? 'de' : 'en');
  });

  test('mails are written in what somebody read when they joined, or has chosen since', async () => {
    const visitor = site.visitor();
    const form = {
      username: 'berta',
      email: 'berta@example.org',
      password: 'blaue Dinge im Wald',
      password2: 'blaue Dinge im Wald',
    };
    expect((await visitor.post('/account/register', form, { json: true, headers: GERMAN })).status).toBe(201);
    await visitor.post('/account/password/reset', { email: form.email }, { json: true });
    await site.settled();
    const [mail] = await mailFor(site, form.email);
    expect(mail?.subject).toBe('Ein neues Passwort für berta');
    await visitor.post('/account/edit', { language: 'en' }, { json: true });
    await visitor.post('/account/password/reset', { email: form.email }, { json: true });
    await site.settled();
    expect((await mailFor(site, form.email)).map(({ subject }) => subject)).toContain('A new password for berta');
  });

  test('feeds are in one language for all, since caches keep them', async () => {
    const { text, headers } = await site.visitor().get('/people/ann/feed.atom', { headers: GERMAN });
    expect(text).toContain('Images of ann');
    expect(headers['vary'] ?? '').not.toContain('Language');
  });
});
