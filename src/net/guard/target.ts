import { Refusal } from '../../errors.ts';
import { readAddress, readName, type Address } from './lists.ts';

/** A checked address: the only thing that is dialled. */
export interface Target {
  url: URL;
  secure: boolean;
  /** An address without brackets, or a name in lower case without the dot at its end. */
  host: string;
  literal: Address | null;
  port: number;
}

const LONGEST = 8000;

/**
 * Reads an address that a person, a page or another server gave.
 * @throws Refusal 422 `bad_address`: not http(s), too long, not an address at all, or with a name or password in it
 */
export function readTarget(text: string, base?: URL): Target {
  // Node's URL is the one parser: it knows octal, hexadecimal and short spellings, and what it made of them is checked.
  const url = text.length <= LONGEST && URL.canParse(text, base?.href) ? new URL(text, base) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) throw badAddress();
  if (url.username !== '' || url.password !== '') throw new Refusal(422, 'bad_address', 'fetch.credentials');
  const literal = readAddress(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const host = literal ? literal.toString() : readName(url.hostname);
  if (host === null) throw badAddress();
  if (!literal) url.hostname = host;
  url.hash = '';
  const secure = url.protocol === 'https:';
  return { url, secure, host, literal, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port) };
}

const badAddress = () => new Refusal(422, 'bad_address', 'fetch.bad_address');

export const isLocalhost = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost');

const PRIVATE_ENDINGS = ['.local', '.internal', '.localhost', '.onion', '.home.arpa'];

/** Names that mean something only on the network one is on. */
export const isPrivateName = (host: string): boolean =>
  !host.includes('.') || PRIVATE_ENDINGS.some((ending) => host.endsWith(ending) || host === ending.slice(1));
