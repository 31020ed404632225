import { createServer as createHttpServer, type Server } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { Server as Door, Socket } from 'node:net';
import type { Log } from '../../lib/log.ts';
import { words } from '../../lib/words/index.ts';
import { createDoor, openDoors, type Rooms } from './door.ts';
import { followRequests } from './farewell.ts';
import type { Handler } from './handler.ts';
import { defaultLimits, http1Options, http2Options, secureOptions, type Limits } from './limits.ts';
import type { ServerCertificate } from './own.ts';
import { createPlainServer } from './plain.ts';
import { keepRenewed } from './renewal.ts';
import { watchConnections } from './sessions.ts';
import type { CertificateSource } from './source.ts';

export interface ListenerOptions {
  /** `plain`: TLS=off, HTTP/1.1 alone, behind a proxy that does TLS. */
  mode: 'tls' | 'plain';
  /** Addresses to listen on (`listenHosts(HOST)`). */
  hosts: readonly string[];
  /** 0: one that is free, the same on every address. */
  port: number;
  /** Needed in mode `tls`. */
  certificates?: CertificateSource;
  /** A Koa `app.callback()`. */
  handler: Handler;
  /** Where plain HTTP is sent on to: BASE_URL, or how it is made once the port is known. */
  baseUrl: string | ((port: number) => string);
  log: Log;
  limits?: Partial<Limits>;
}

export interface Listener {
  port: number;
  /** The addresses that it listens on. */
  hosts: string[];
  /** Shows another certificate from the next handshake on; open connections stay. */
  replaceCertificate(certificate: ServerCertificate): void;
  /** Takes no new connections, lets requests finish for `graceMs`, then cuts; resolves when all are gone. */
  close(graceMs: number): Promise<void>;
}

function createTlsServer(certificate: ServerCertificate, limits: Limits): Http2SecureServer {
  const server = createSecureServer({ ...http2Options(limits), ...secureOptions(certificate) });
  // Node keeps these for plain servers alone: here HTTP/1.1 would go without, and an idle connection stay for ever.
  Object.assign(server, http1Options(limits));
  server.on('tlsClientError', (_error, socket) => socket.destroy()); // someone else's handshake: no news
  server.emit('listening'); // as in plain.ts: starts Node's watch over slow headers
  return server;
}

interface Site {
  server: Http2SecureServer | Server;
  rooms: Rooms;
  replace(certificate: ServerCertificate): void;
  /** Ends the timers of what never listens by itself. */
  end(): void;
}

function tlsSite(certificate: ServerCertificate, baseUrl: () => string, limits: Limits): Site {
  const server = createTlsServer(certificate, limits);
  const plain = createPlainServer(baseUrl, limits);
  return {
    server,
    rooms: {
      tls: (socket) => void server.emit('connection', socket),
      plain: (socket) => void plain.emit('connection', socket),
    },
    replace: (next) => server.setSecureContext(secureOptions(next)),
    end: () => [server, plain].forEach((one) => one.close()),
  };
}

function plainSite(limits: Limits): Site {
  const server = createHttpServer(http1Options(limits));
  server.emit('listening');
  return {
    server,
    rooms: { tls: null, plain: (socket) => void server.emit('connection', socket) },
    replace: () => {
      throw new Error('TLS=off shows no certificate');
    },
    end: () => void server.close(),
  };
}

const closed = (doors: readonly Door[]) => Promise.all(doors.map((door) => new Promise((done) => door.close(done))));

/**
 * The site's way in: HTTP/2 and HTTP/1.1 over TLS on one port, with plain HTTP recognised by its first byte and sent
 * on; or HTTP/1.1 alone where a proxy does TLS. No connection can wait for ever.
 * @throws TlsFault with a sentence that names PORT or HOST
 */
export async function createListener(options: ListenerOptions): Promise<Listener> {
  const { certificates, log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  if (options.mode === 'tls' && !certificates) throw new Error('mode tls needs certificates');
  let { port } = options;
  const baseUrl = () => (typeof options.baseUrl === 'string' ? options.baseUrl : options.baseUrl(port));
  const site =
    options.mode === 'tls' && certificates ? tlsSite(certificates.current, baseUrl, limits) : plainSite(limits);
  const sockets = new Set<Socket>();
  const farewell = followRequests(site.server, sockets);
  watchConnections(site.server, limits);
  site.server.on('request', options.handler);

  const missing = (host: string) => log.warn({ host }, words('tls.no_ipv6'));
  const open = await openDoors(options.hosts, port, () => createDoor(site.rooms, limits, sockets), missing).catch(
    (fault: unknown) => {
      site.end();
      throw fault;
    },
  );
  port = open.port;
  const stopRenewal = certificates ? keepRenewed(certificates, site.replace, log, limits.renewal) : () => {};
  return {
    port,
    hosts: open.hosts,
    replaceCertificate: site.replace,
    async close(graceMs) {
      stopRenewal();
      const doors = closed(open.doors);
      await farewell.leave(graceMs);
      await doors;
      site.end();
    },
  };
}
