import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLog } from '../../src/lib/log.ts';
import { createProvider } from '../../src/net/oidc/index.ts';
import { BASE } from '../support/site.ts';

const SECRET = 'a secret between the two of them';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

type Claims = Record<string, unknown>;

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (claims: Claims, key: KeyObject = privateKey) => {
  const text = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
};
const unsigned = (claims: Claims) => `${part({ alg: 'none' })}.${part(claims)}.`;
/** Signed with what everybody can read, as if it were a secret of both. */
const byPublicKey = (claims: Claims) => {
  const text = `${part({ alg: 'HS256', kid: 'one' })}.${part(claims)}`;
  const key = publicKey.export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};

describe('a provider that lies', () => {
  let server: Server;
  let issuer = '';
  let metadata: Claims = {};
  /** What its token endpoint hands out. */
  let idToken = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answers: Record<string, object> = {
        '/.well-known/openid-configuration': {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          ...metadata,
        },
        '/keys': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] },
        '/token': { access_token: 'x', token_type: 'bearer', id_token: idToken },
      };
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => response.end(JSON.stringify(answers[request.url ?? ''] ?? {})));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    metadata = {};
  });
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );

  /** Signs in with a token made of the claims that would be right, but for what is changed; answers who comes back. */
  async function comeBack(changed: Claims, make: (claims: Claims) => string = signed, anew = false) {
    const setting = { key: '1', issuer, clientId: 'bowerbird', clientSecret: SECRET, name: 'Elsewhere' };
    const provider = createProvider(setting, BASE, silentLog);
    const { url, journey } = await provider.begin(anew);
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: issuer, sub: 'ann-1', aud: 'bowerbird', iat: now, exp: now + 60, nonce: journey.nonce };
    idToken = make({ ...right, ...changed });
    const identity = await provider.finish(`/account/login/from/1?code=c&state=${journey.state}`, journey);
    return { identity, url };
  }
  const refused = expect.objectContaining({ status: 403, code: 'provider_refused' });

  test('is believed when it does not', async () => {
    expect((await comeBack({})).identity).toMatchObject({ issuer, subject: 'ann-1' });
  });

  test.each([
    ['for another client', { aud: 'somebody else' }],
    ['of another issuer', { iss: 'https://other.example' }],
    ['that has run out', { exp: 1, iat: 0 }],
    ['without the nonce', { nonce: undefined }],
    ['with the nonce of another sign-in', { nonce: 'n'.repeat(43) }],
    ['of nobody', { sub: undefined }],
  ])('a token %s lets nobody in', async (_what, changed) => {
    await expect(comeBack(changed)).rejects.toEqual(refused);
  });

  test.each([
    ['by no key', unsigned],
    ['by a key that is not the provider’s', (claims: Claims) => signed(claims, stranger)],
    ['with the public key as a secret', byPublicKey],
    [
      'for other claims',
      (claims: Claims) => signed({ ...claims, sub: 'x' }).replace(part({ ...claims, sub: 'x' }), part(claims)),
    ],
  ])('a token signed %s lets nobody in', async (_what, make) => {
    await expect(comeBack({}, make)).rejects.toEqual(refused);
  });

  test.each(['https://other.example', '/realm'])('a description of another issuer is not taken: %j', async (other) => {
    metadata = { issuer: new URL(other, issuer).href };
    await expect(comeBack({})).rejects.toMatchObject({ status: 503, code: 'provider_away' });
  });

  test('is asked for a new sign-in where one has to show again who one is, and an older one will not do', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const { url } = await comeBack({ auth_time: seconds }, signed, true);
    expect(new URL(url).searchParams.get('max_age')).toBe('0');
    expect(new URL((await comeBack({})).url).searchParams.has('max_age')).toBe(false);
    await expect(comeBack({ auth_time: seconds - 300 }, signed, true)).rejects.toEqual(refused);
    expect((await comeBack({ auth_time: seconds - 300 })).identity.subject).toBe('ann-1');
  });

  test('one that tells when somebody signed in has to tell it; of one that never does its word is enough', async () => {
    expect((await comeBack({}, signed, true)).identity.subject).toBe('ann-1');
    metadata = { claims_supported: ['sub', 'auth_time'] };
    await expect(comeBack({}, signed, true)).rejects.toEqual(refused);
  });
});
