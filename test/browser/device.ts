import type { Page } from 'playwright-core';
import { withProtocol } from '../support/chromium.ts';

/** Chromium's virtual authenticator in one page: a device with a fingerprint reader. */
export interface Device {
  /** What it does when it is asked: says yes at once, or waits until it is let. */
  setPresence(enabled: boolean): Promise<unknown>;
  /** Loses every passkey that it holds. */
  forgetAll(): Promise<unknown>;
}

const KIND = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const;

/** Plugs one in that says yes at once. */
export async function plugInDevice(page: Page): Promise<Device> {
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
    forgetAll: () => withProtocol(page, (session) => session.send('WebAuthn.clearCredentials', { authenticatorId })),
  };
}
