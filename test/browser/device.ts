import type { Page } from 'playwright-core';
import { withProtocol } from '../support/chromium.ts';

/** Chromium's virtual authenticator in one page: a device with a fingerprint reader. */
export interface Device {
  /** What it does when it is asked: says yes at once, or waits until it is let. */
  setPresence(enabled: boolean): Promise<unknown>;
  /** Waits until the page at hand has asked it for a passkey; whether it says yes is settled by then. */
  asked(): Promise<void>;
  /** Loses every passkey that it holds. */
  forgetAll(): Promise<unknown>;
}

/** Runs in the page before its own scripts: the root says that a passkey was asked for. */
const TELLS_WHEN_ASKED = `{
  const get = navigator.credentials?.get.bind(navigator.credentials);
  if (get)
    navigator.credentials.get = (options) => {
      const answer = get(options);
      document.documentElement.dataset.passkeyAsked = '';
      return answer;
    };
}`;

const KIND = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const;

/** Plugs one in that says yes at once. */
export async function plugInDevice(page: Page): Promise<Device> {
  await page.addInitScript(TELLS_WHEN_ASKED);
  const options = { ...KIND, isUserVerified: true, automaticPresenceSimulation: true };
  const { authenticatorId } = await withProtocol(page, async (session) => {
    await session.send('WebAuthn.enable', { enableUI: false });
    return session.send('WebAuthn.addVirtualAuthenticator', { options });
  });
  return {
    setPresence: (enabled) =>
      withProtocol(page, (session) =>
        session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
      ),
    asked: () => page.locator('html[data-passkey-asked]').waitFor(),
    forgetAll: () => withProtocol(page, (session) => session.send('WebAuthn.clearCredentials', { authenticatorId })),
  };
}
