import { isIP } from 'node:net';
import { TlsFault } from './faults.ts';

/** What every local certificate answers to, beside the host of BASE_URL. */
export const LOCAL_HOSTS = ['localhost', '127.0.0.1', '::1'] as const;

/**
 * A host as certificates spell it: lower case, no brackets, no final dot, ASCII, addresses in their shortest form.
 * @throws TlsFault for what no address bar would take as a host
 */
export function canonicalHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const text = isIP(bare) === 6 ? `[${bare}]` : bare;
  const address = `https://${text}/`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url?.hostname || url.host !== url.hostname || url.pathname !== '/' || url.username)
    throw new TlsFault('tls.bad_host', { host });
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The local names and the given ones, each once. */
export const certificateHosts = (hosts: readonly string[]): string[] => [
  ...new Set([...LOCAL_HOSTS, ...hosts.map(canonicalHost)]),
];

/** Where HOST wants the site to listen: `localhost` means both of this machine's loopback addresses. */
export const listenHosts = (host: string): string[] =>
  host === 'localhost' ? ['127.0.0.1', '::1'] : [host.replace(/^\[(.*)\]$/, '$1')];
