import request from 'supertest';
import type { Member, TestSite } from './site.ts';

export type Scope = 'read' | 'write' | 'admin';

/** Makes an access token as its member does. */
export async function tokenFor(who: Member, name: string, scope: Scope = 'read'): Promise<string> {
  const answer = await who.post('/account/tokens', { name, scope }, { json: true });
  if (answer.status !== 201) throw new Error(`making a token answered ${answer.status} ${answer.text}`);
  return (answer.body as { token: string }).token;
}

/** A script: no cookies, no page before, nothing but its token. */
export function script(site: TestSite, token: string | null) {
  const asking = (test: request.Test, headers: Record<string, string> = {}) =>
    (token === null ? test : test.set('Authorization', `Bearer ${token}`)).redirects(0).set(headers);
  return {
    get: (path: string, headers?: Record<string, string>) => asking(request(site.server).get(path), headers),
    post: (path: string, form: object = {}, headers?: Record<string, string>) =>
      asking(request(site.server).post(path), headers).type('form').send(form),
    upload: (path: string, bytes: Buffer, headers?: Record<string, string>) =>
      asking(request(site.server).post(path), headers).attach('image', bytes, 'a.jpg'),
  };
}
