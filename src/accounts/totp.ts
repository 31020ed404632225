import { Secret, TOTP } from 'otpauth';

const STEP_MS = 30_000;

/** A secret for an authenticator app: 160 random bits in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

const appOf = (secret: string, username = '') =>
  new TOTP({ issuer: 'Bowerbird', label: username, secret: Secret.fromBase32(secret) });

/** What the QR code says to an authenticator app: `otpauth://totp/…`. */
export const totpAddress = (secret: string, username: string): string => appOf(secret, username).toString();

/**
 * The span of 30 s that a code of six digits belongs to, counted from 1970 (RFC 6238); null when it fits none within
 * `around` of now. One to each side lets clocks differ by half a minute.
 */
export function stepOf(secret: string, code: string, now: number, around = 1): number | null {
  const delta = appOf(secret).validate({ token: code, timestamp: now, window: around });
  return delta === null ? null : Math.floor(now / STEP_MS) + delta;
}
