import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Somebody who has an account at the provider. */
export interface Elsewhere {
  sub: string;
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
}

export interface TestProvider {
  issuer: string;
  /** Who is signed in there; null says no to whoever asks. */
  present: Elsewhere | null;
  /** How often somebody came by. */
  visits: number;
  close(): Promise<void>;
}

const CLIENT = { client_id: 'bowerbird', client_secret: 'a secret between the two of them' };

/** The settings of a site that trusts it. */
export const settingsFor = ({ issuer }: TestProvider) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: CLIENT.client_id,
  OIDC_CLIENT_SECRET: CLIENT.client_secret,
  OIDC_NAME: 'Elsewhere',
});

/** A real OpenID Connect provider on loopback, whose people are signed in already and agree to everything. */
export async function startProvider(baseUrls: readonly string[]): Promise<TestProvider> {
  const people = new Map<string, Elsewhere>();
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: baseUrls.map((base) => `${base}/account/login/from/1`) }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    // What the scopes name stands in the ID token itself.
    conformIdTokenClaims: false,
    cookies: { keys: ['only for tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ ...people.get(id), sub: id }) }),
  });
  const test: TestProvider = {
    issuer,
    present: null,
    visits: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const interact = async (request: IncomingMessage, response: ServerResponse) => {
    test.visits++;
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (!test.present) return provider.interactionFinished(request, response, { error: 'access_denied' });
    people.set(test.present.sub, test.present);
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, { login: { accountId: test.present.sub } });
    const grant = new provider.Grant({
      accountId: session?.accountId ?? test.present.sub,
      clientId: String(params['client_id']),
    });
    grant.addOIDCScope('openid email profile');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
  const callback = provider.callback();
  handle = (request, response) =>
    void (request.url?.startsWith('/interaction/')
      ? interact(request, response).catch(() => response.destroy())
      : callback(request, response));
  return test;
}

/** Goes to the provider as a browser would and comes back: the path at the site that it sends people to. */
export async function passThrough(start: string, base: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = start;
  for (let hops = 0; hops < 15; hops++) {
    if (address.startsWith(base)) return address.slice(base.length);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await globalThis.fetch(address, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (!location)
      throw new Error(`the provider stopped with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    address = new URL(location, address).href;
  }
  throw new Error('the provider leads in circles');
}
