import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { words } from '../../lib/words/index.ts';
import { http1Options, type Limits } from './limits.ts';

const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  // A browser that kept the redirect would follow it long after this port serves something else.
  'Cache-Control': 'no-store',
} as const;

/** The path of a request line, with its query; `*`, `host:port` and other nonsense lead to the root. */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  const url = URL.canParse(target) ? new URL(target) : null;
  return url && /^https?:$/.test(url.protocol) ? url.pathname + url.search : '/';
}

/** The path in ASCII, byte for byte: Node hands over what came as Latin-1. What is encoded already stays. */
const escaped = (path: string): string =>
  path.replace(
    /[^\x21-\x7e]|[\\"<>^`{|}]/g,
    (sign) => '%' + sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'),
  );

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Scripts must notice that they spoke in the clear: a redirect that they follow by themselves would hide it. */
const forScripts = (path: string) => /^\/+api(?:[/?#]|$)/i.test(decoded(path));

function answer(req: IncomingMessage, res: ServerResponse, status: number, text: string, more: Record<string, string>) {
  res.writeHead(status, { ...HEADERS, Connection: 'close', 'Content-Length': Buffer.byteLength(text), ...more });
  if (req.method !== 'HEAD') res.write(text);
  // To end now would close the socket under a body still on its way, and a reset could overtake the answer.
  req.resume();
  if (req.complete) res.end();
  else req.once('end', () => res.end());
}

function redirect(origin: string, req: IncomingMessage, res: ServerResponse): void {
  const path = pathOf(req.url ?? '/');
  const url = origin + escaped(path);
  if ((req.method === 'GET' || req.method === 'HEAD') && !forScripts(path))
    return answer(req, res, 308, words('tls.moved', { url }) + '\n', { Location: url });
  const seen = req.headers.authorization === undefined ? '' : ' ' + words('tls.token_seen');
  const text = words('tls.plain_refused', { url: origin + '/' }) + seen + '\n';
  return answer(req, res, 426, text, { Upgrade: 'TLS/1.2, HTTP/1.1', Connection: 'Upgrade, close' });
}

function notHttp(socket: Socket): void {
  const text = words('tls.not_http') + '\n';
  if (socket.writable)
    socket.end(
      `HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
  // Whoever keeps sending keeps nothing open.
  socket.resume();
  setTimeout(() => socket.destroy(), 1000).unref();
}

/**
 * What speaks plain HTTP on the HTTPS port: pages are sent on to the same path under BASE_URL, everything that would
 * change something and everything under /api/ is refused with a sentence. Never listens; sockets are handed to it.
 */
export function createPlainServer(baseUrl: () => string, limits: Limits): Server {
  const send = (req: IncomingMessage, res: ServerResponse) => redirect(new URL(baseUrl()).origin, req, res);
  const quick = { ...limits, headers: limits.silence, request: limits.silence, keepAlive: 1 };
  const server = createServer(http1Options(quick), send);
  server.on('checkContinue', send);
  server.on('clientError', (_error, socket) => notHttp(socket as Socket));
  server.setTimeout(limits.silence, (socket) => socket.destroy());
  // Node starts its watch over slow headers when a server listens, which this one leaves to the door.
  server.emit('listening');
  return server;
}
