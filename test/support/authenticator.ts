import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What the site hands to `navigator.credentials`, as far as it is read here. */
export interface Options {
  challenge: string;
  rp?: { id?: string };
  rpId?: string;
  user?: { id: string };
}

interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** Whether the person was asked for (finger, face, PIN). */
  verified?: boolean;
  counter?: number;
  userHandle?: string;
  /** Attestation nobody asked for: certificates in the statement. */
  format?: string;
}

const UP = 1;
const UV = 4;
const HAS_KEY = 64;

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Buffer | string) => Buffer.from(data).toString('base64url');

/** CBOR (RFC 8949), as much of it as a passkey's parts need: a head of a kind with its number, and what follows. */
function head(kind: number, number: number): Buffer {
  if (number < 24) return Buffer.from([(kind << 5) | number]);
  return number < 256
    ? Buffer.from([(kind << 5) | 24, number])
    : Buffer.from([(kind << 5) | 25, number >> 8, number & 255]);
}
const bytes = (data: Buffer) => Buffer.concat([head(2, data.length), data]);
const text = (data: string) => Buffer.concat([head(3, Buffer.byteLength(data)), Buffer.from(data)]);
const whole = (n: number) => (n < 0 ? head(1, -n - 1) : head(0, n));
const map = (...pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);

/** An authenticator made of numbers: it answers as a device does, and lies where a test wants it to. */
export class Authenticator {
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject };
  readonly #id = randomBytes(32);
  readonly #origin: string;
  handle = '';
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** What `navigator.credentials.create` would give. */
  create(options: Options, lies: Lies = {}) {
    this.handle = options.user?.id ?? '';
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const key = map(
      [whole(1), whole(2)],
      [whole(3), whole(-7)],
      [whole(-1), whole(1)],
      [whole(-2), bytes(Buffer.from(x, 'base64url'))],
      [whole(-3), bytes(Buffer.from(y, 'base64url'))],
    );
    const idLength = Buffer.from([0, this.#id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), idLength, this.#id, key]);
    const authData = Buffer.concat([this.#authData(options.rp?.id ?? '', HAS_KEY, lies), credential]);
    const statement = lies.format ? map([text('x5c'), Buffer.concat([head(4, 1), bytes(Buffer.from('cert'))])]) : map();
    const attestation = map(
      [text('fmt'), text(lies.format ?? 'none')],
      [text('attStmt'), statement],
      [text('authData'), bytes(authData)],
    );
    const clientDataJSON = this.#clientData('webauthn.create', options, lies);
    return this.#credential({ clientDataJSON, attestationObject: base64url(attestation), transports: ['internal'] });
  }

  /** What `navigator.credentials.get` would give. */
  get(options: Options, lies: Lies = {}) {
    const authData = this.#authData(options.rpId ?? '', 0, lies);
    const clientDataJSON = this.#clientData('webauthn.get', options, lies);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    const signature = sign('sha256', signed, this.#keys.privateKey);
    return this.#credential({
      clientDataJSON,
      authenticatorData: base64url(authData),
      signature: base64url(signature),
      userHandle: lies.userHandle ?? this.handle,
    });
  }

  #credential(response: Record<string, unknown>) {
    const id = base64url(this.#id);
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #authData(rpId: string, flags: number, { rpId: lied, verified = true, counter }: Lies): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? ++this.counter);
    return Buffer.concat([sha256(lied ?? rpId), Buffer.from([UP | (verified ? UV : 0) | flags]), count]);
  }

  #clientData(type: string, options: Options, { origin = this.#origin, challenge = options.challenge }: Lies): string {
    return base64url(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
