// Browsers learned to read and write passkeys as JSON one by one; by hand it is the same in all of them.

interface Described {
  readonly id: string;
  readonly type: 'public-key';
}

/** What the server answers for `create`: bytes are base64url. */
export interface CreationJson {
  readonly challenge: string;
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Described[];
  readonly [other: string]: unknown;
}

/** What the server answers for `get`. */
export interface RequestJson {
  readonly challenge: string;
  readonly allowCredentials?: readonly Described[];
  readonly [other: string]: unknown;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const described = (all: readonly Described[] = []) => all.map((one) => ({ ...one, id: bytesOf(one.id) }));

/** Makes a passkey, and answers what the server checks; the person may say no, which is thrown. */
export async function createPasskey(json: CreationJson): Promise<object> {
  const publicKey = {
    ...json,
    challenge: bytesOf(json.challenge),
    user: { ...json.user, id: bytesOf(json.user.id) },
    excludeCredentials: described(json.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...plainOf(credential),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** Signs with a passkey: `quietly` waits in the list of suggestions of the name's field, until it is called off. */
export async function usePasskey(json: RequestJson, signal: AbortSignal, quietly: boolean): Promise<object> {
  const publicKey = {
    ...json,
    challenge: bytesOf(json.challenge),
    allowCredentials: described(json.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
  const asking: CredentialRequestOptions = { publicKey, signal, ...(quietly ? { mediation: 'conditional' } : {}) };
  const credential = (await navigator.credentials.get(asking)) as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...plainOf(credential),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      ...(response.userHandle ? { userHandle: textOf(response.userHandle) } : {}),
    },
  };
}

const plainOf = ({ id, rawId, type }: PublicKeyCredential) => ({
  id,
  type,
  rawId: textOf(rawId),
  clientExtensionResults: {},
});
