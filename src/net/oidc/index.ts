import * as oidc from 'openid-client';
import { Refusal } from '../../errors.ts';
import type { Log } from '../../lib/log.ts';
import type { ProviderSetting } from '../../lib/oidc-settings.ts';
import { configuredFetch } from './configured-fetch.ts';

/** What the browser carries between going to a provider and coming back; nobody else may know it. */
export interface Journey {
  state: string;
  nonce: string;
  verifier: string;
  /** Since when they must have shown over there who they are, in milliseconds since 1970; 0 where any time will do. */
  since: number;
}

/** Who a provider says somebody is: `issuer` and `subject` together are the identity, the rest is what it tells of them. */
export interface Identity {
  issuer: string;
  subject: string;
  email: string | null;
  emailConfirmed: boolean;
  /** A name that could become a username. */
  nickname: string | null;
}

/** An account elsewhere that people can sign in with (OpenID Connect: code flow, PKCE, state and nonce). */
export interface Provider {
  /** `1`, `2` …: the number of its settings. */
  key: string;
  name: string;
  issuer: string;
  /** Where to send the browser, and what it has to bring back. `anew`: whoever is signed in over there is to show it again. */
  begin(anew?: boolean): Promise<{ url: string; journey: Journey }>;
  /** Who came back, by the address they came to. A Refusal when that is not what was begun, or the provider says no. */
  finish(address: string, journey: Journey): Promise<Identity>;
}

/** A provider that is away must not keep a person waiting. */
const TIMEOUT_S = 10;
/** Clocks of providers may be off by as much. */
const CLOCK_S = 30;

/** @param baseUrl the site's own origin: providers send people back to it, and nowhere else */
export function createProvider(setting: ProviderSetting, baseUrl: string, log: Log): Provider {
  const back = `${baseUrl}/account/login/from/${setting.key}`;
  const discovered = once(() => discover(setting));
  const away = (cause: unknown) => {
    log.warn({ provider: setting.name, reason: reasonOf(cause) }, 'provider does not answer');
    return new Refusal(503, 'provider_away', 'identity.away', {
      params: { name: setting.name },
      retryAfter: 60,
      cause,
    });
  };
  return {
    key: setting.key,
    name: setting.name,
    issuer: setting.issuer,
    async begin(anew = false) {
      const config = await discovered().catch((cause: unknown) => {
        throw away(cause);
      });
      const secrets = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const journey = { ...secrets, since: anew ? Date.now() : 0 };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: back,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
        state: journey.state,
        nonce: journey.nonce,
        ...(anew ? { max_age: '0' } : {}),
      });
      return { url: url.href, journey };
    },
    async finish(address, journey) {
      const config = await discovered().catch((cause: unknown) => {
        throw away(cause);
      });
      const query = new URL(address, baseUrl).search;
      try {
        const claims = await exchange(config, `${back}${query}`, journey);
        checkAge(config, claims, journey.since);
        return identityOf(setting, claims);
      } catch (cause) {
        log.warn({ provider: setting.name, reason: reasonOf(cause) }, 'sign-in by provider refused');
        throw new Refusal(403, 'provider_refused', 'identity.refused', { params: { name: setting.name }, cause });
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: ProviderSetting): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  const metadata = { [oidc.clockTolerance]: CLOCK_S, ...(clientSecret ? { client_secret: clientSecret } : {}) };
  return oidc.discovery(server, clientId, metadata, clientSecret ? undefined : oidc.None(), {
    [oidc.customFetch]: configuredFetch(server),
    timeout: TIMEOUT_S,
    // Without the first the library trusts the connection, and looks at no signature (ASVS 6.8.2).
    execute: [oidc.enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])],
  });
}

/**
 * Refuses a sign-in over there that is older than the question. The browser carries the question and may have changed it, so that a
 * provider which says that it tells the time has to; of one that never does the word is enough (ASVS 6.8.4).
 */
function checkAge(config: oidc.Configuration, { auth_time: at }: oidc.IDToken, since: number) {
  if (since === 0) return;
  const tells = config.serverMetadata().claims_supported?.includes('auth_time') ?? false;
  if (at === undefined ? tells : (at + CLOCK_S) * 1000 < since) throw new Error('signed in too long ago');
}

async function exchange(config: oidc.Configuration, address: string, journey: Journey): Promise<oidc.IDToken> {
  const tokens = await oidc.authorizationCodeGrant(config, new URL(address), {
    pkceCodeVerifier: journey.verifier,
    expectedState: journey.state,
    expectedNonce: journey.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('no ID token');
  // Some providers tell the email only to whoever asks with the access token.
  if (claims['email'] === undefined && config.serverMetadata().userinfo_endpoint)
    return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
  return claims;
}

const text = (value: unknown, max: number): string | null =>
  typeof value === 'string' && value.trim() ? value.trim().slice(0, max) : null;

function identityOf({ issuer }: ProviderSetting, claims: oidc.IDToken): Identity {
  return {
    issuer,
    subject: claims.sub,
    email: text(claims['email'], 254),
    emailConfirmed: claims['email_verified'] === true,
    nickname: text(claims['preferred_username'], 60) ?? text(claims['nickname'], 60) ?? text(claims['name'], 60),
  };
}

/** Asked once; a failure is forgotten, so that the next one who comes asks again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () =>
    (asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    }));
}

const reasonOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'unknown';
};
