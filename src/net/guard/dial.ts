import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { reasonOf, Unreachable } from './failure.ts';
import type { Address } from './lists.ts';

/** Opens a TCP connection to exactly this address: the one place where a packet leaves for a stranger. */
export type Dial = (to: { address: string; port: number }) => Socket;

export const dialTcp: Dial = ({ address, port }) => connectTcp({ host: address, port, lookup: neverLookUp });

/** What is dialled is always an address. Should it ever be a name, nobody asks what it means. */
function neverLookUp(
  _name: string,
  _options: unknown,
  answer: (error: Error, address: string, family: number) => void,
) {
  answer(new Error('only addresses are dialled'), '', 0);
}

export interface Way {
  addresses: readonly Address[];
  port: number;
  /** The host whose certificate is asked for; null over plain HTTP. */
  certifiedHost: { name: string; literal: boolean } | null;
}

export interface DialOptions {
  dial: Dial;
  /** Authorities (PEM) trusted besides the usual ones. */
  ca: readonly string[];
  /** Most that one address may take before the next is tried. */
  attemptMs: number;
  signal: AbortSignal;
}

/**
 * Connects to the first checked address that answers; over https with the certificate verified for the host.
 * @throws Unreachable
 */
export async function open(way: Way, options: DialOptions): Promise<Socket> {
  const socket = await openFirst(way, options);
  return way.certifiedHost ? secure(socket, way.certifiedHost, options) : socket;
}

async function openFirst({ addresses, port }: Way, options: DialOptions): Promise<Socket> {
  const failures: string[] = [];
  for (const address of worthTrying(addresses)) {
    options.signal.throwIfAborted();
    const socket = options.dial({ address: address.toString(), port });
    try {
      return await ready(socket, 'connect', options.signal, options.attemptMs);
    } catch (error) {
      options.signal.throwIfAborted();
      failures.push(reasonOf(error));
    }
  }
  throw new Unreachable(`no connection: ${failures.join(', ')}`);
}

/** IPv4 first, since many servers have addresses of IPv6 but no way there; two of each are enough. */
function worthTrying(addresses: readonly Address[]): Address[] {
  const ofKind = (kind: string) => addresses.filter((address) => address.kind() === kind).slice(0, 2);
  return [...ofKind('ipv4'), ...ofKind('ipv6')];
}

async function secure(socket: Socket, host: { name: string; literal: boolean }, options: DialOptions): Promise<Socket> {
  const secured = connectTls({
    socket,
    host: host.name,
    // An address has no place in the handshake's server name; it is looked for in the certificate all the same.
    ...(host.literal ? {} : { servername: host.name }),
    ...(options.ca.length > 0 ? { ca: [...rootCertificates, ...options.ca] } : {}),
    ALPNProtocols: ['http/1.1'],
    // Said aloud, since an environment variable could turn it off otherwise.
    rejectUnauthorized: true,
  });
  try {
    return await ready(secured, 'secureConnect', options.signal);
  } catch (error) {
    socket.destroy();
    options.signal.throwIfAborted();
    throw new Unreachable(`no TLS: ${reasonOf(error)}`, { cause: error });
  }
}

/** Waits until a socket is usable; otherwise destroys it and throws what went wrong. */
function ready<Made extends Socket>(socket: Made, event: string, signal: AbortSignal, limitMs?: number): Promise<Made> {
  // Stays for good: an error between two owners of the socket must not end the process.
  socket.on('error', () => {});
  return new Promise((resolve, reject) => {
    const giveUp = () => fail(signal.reason);
    const timer = limitMs === undefined ? undefined : setTimeout(() => fail(new Error('timed out')), limitMs);
    const closed = () => fail(new Error('closed'));
    const forget = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.off(event, done).off('error', fail).off('close', closed);
    };
    function done() {
      forget();
      resolve(socket);
    }
    function fail(error: unknown) {
      forget();
      socket.destroy();
      reject(error);
    }
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once(event, done).once('error', fail).once('close', closed);
  });
}
