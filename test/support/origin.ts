import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Someone else's site on loopback: images, pages, and everything that a hostile one does. */
export interface Origin {
  /** `http://127.0.0.1:PORT`, without a slash. */
  url: string;
  port: number;
  /** `127.0.0.1:PORT`, as FETCH_ALLOW wants it. */
  allow: string;
  hits: Hit[];
  /** Connections ever made, and those open now. */
  connections: number;
  open: number;
  /** The most requests that were being answered at one moment. */
  busiest: number;
  routes: Record<string, Route>;
  close(): Promise<void>;
}

export interface Hit {
  path: string;
  method: string;
  headers: IncomingHttpHeaders;
}

/** Bytes or text to answer with, a whole answer, or a function that does what it likes. */
export type Route =
  | Buffer
  | string
  | { status?: number; headers?: Record<string, string | string[]>; body?: Buffer | string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

/**
 * Starts it. Routes go by path without query; `*` answers what no other does, else it is 404.
 * @param options `tls` makes it https; `host` is the address to listen on (127.0.0.1)
 */
export async function startOrigin(
  routes: Record<string, Route> = {},
  options: { tls?: { key: string; cert: string }; host?: string } = {},
): Promise<Origin> {
  const host = options.host ?? '127.0.0.1';
  const sockets = new Set<Socket>();
  let answering = 0;
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    origin.hits.push({ path, method: request.method ?? '', headers: request.headers });
    origin.busiest = Math.max(origin.busiest, ++answering);
    response.once('close', () => (answering -= 1));
    answer(origin.routes[path.replace(/\?.*$/s, '')] ?? origin.routes['*'], request, response);
  };
  const server = options.tls ? createSecureServer(options.tls, listener) : createServer(listener);
  server.on('connection', (socket) => {
    origin.connections += 1;
    sockets.add(socket);
    origin.open = sockets.size;
    socket
      .on('error', () => {})
      .once('close', () => {
        sockets.delete(socket);
        origin.open = sockets.size;
      });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const shown = host.includes(':') ? `[${host}]` : host;
  const origin: Origin = {
    url: `${options.tls ? 'https' : 'http'}://${shown}:${port}`,
    port,
    allow: `${shown}:${port}`,
    hits: [],
    connections: 0,
    open: 0,
    busiest: 0,
    routes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return origin;
}

function answer(route: Route | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (route === undefined) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
  if (typeof route === 'function') return route(request, response);
  const { status, headers, body } =
    typeof route === 'string' || Buffer.isBuffer(route) ? { status: 200, headers: {}, body: route } : route;
  const bytes = Buffer.from(body ?? '');
  response.writeHead(status ?? 200, {
    'content-type': typeOf(bytes),
    'content-length': String(bytes.length),
    ...headers,
  });
  response.end(bytes);
}

function typeOf(bytes: Buffer): string {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.toString('latin1', 1, 4) === 'PNG') return 'image/png';
  if (bytes.toString('latin1', 0, 4) === 'GIF8') return 'image/gif';
  if (bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return bytes.toString('latin1', 8, 12) === 'avif' ? 'image/avif' : 'text/html; charset=utf-8';
}

/** A redirect to somewhere. */
export const redirectTo = (location: string, status = 302): Route => ({ status, headers: { location } });
