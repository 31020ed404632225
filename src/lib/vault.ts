import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps texts that must be read again, such as the secret of a second factor: who has the table alone reads nothing. */
export interface Vault {
  /** Seals a text with the newest key. `about` says whose it is: moved to another row it cannot be opened. */
  seal(about: string, text: string): string;
  /** The text, whichever of the keys sealed it; null when none of them did, or it was changed or moved. */
  open(about: string, sealed: string): string | null;
  /** Whether an older key sealed it, so that it is time to seal it anew. */
  isOld(sealed: string): boolean;
}

const NONCE = 12;
const TAG = 16;

/**
 * A vault for a list of secrets, newest first (SECRET): AES-256-GCM under keys that HKDF-SHA-256 derives from them. Sealed
 * texts read `v1.KEY.BYTES`, where KEY names the key and tells nothing of it, and BYTES are nonce, tag and text.
 */
export function createVault(secrets: readonly string[]): Vault {
  const keys = secrets.map(deriveKey);
  const [newest] = keys;
  if (!newest) throw new Error('a vault needs a key');
  const names = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    seal(about, text) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', newest, nonce).setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `v1.${nameOf(newest)}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(about, sealed) {
      const [version, name = '', text = ''] = sealed.split('.');
      const key = names.get(name);
      return version === 'v1' && key ? unseal(key, about, Buffer.from(text, 'base64url')) : null;
    },
    isOld: (sealed) => sealed.split('.')[1] !== nameOf(newest),
  };
}

const deriveKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'bowerbird: texts that are kept sealed', 32));

const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

function unseal(key: Buffer, about: string, bytes: Buffer): string | null {
  if (bytes.length < NONCE + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
