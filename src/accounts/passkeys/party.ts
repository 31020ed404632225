import { isIP } from 'node:net';

/** Whom a passkey is for: the site's name, and the one origin that may ask for it. */
export interface Party {
  id: string;
  origin: string;
}

/** The site as passkeys know it; null at a bare address or without HTTPS, where browsers have none. */
export function partyOf(baseUrl: string): Party | null {
  const { hostname, origin, protocol } = new URL(baseUrl);
  const secure = protocol === 'https:' || hostname === 'localhost';
  return secure && !isIP(hostname.replaceAll(/[[\]]/g, '')) ? { id: hostname, origin } : null;
}
