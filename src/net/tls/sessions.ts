import type { Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import type { Request } from './handler.ts';
import { SESSION_WINDOW, type Limits } from './limits.ts';

const RESETS_WITHIN = 10_000;

/** Ends a request whose body never comes to its end; how long the answer takes is not its business. */
function limitBody(stream: ServerHttp2Stream, milliseconds: number): void {
  if (stream.endAfterHeaders) return;
  const cut = () => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM);
  const clock = setTimeout(cut, milliseconds).unref();
  const stop = () => clearTimeout(clock);
  stream.once('end', stop);
  stream.once('close', stop);
}

/** Ends a session whose client opens streams only to break them off (CVE-2023-44487 and its kin). */
function limitResets(session: ServerHttp2Session, limits: Limits): void {
  let broken: number[] = [];
  session.on('stream', (stream: ServerHttp2Stream) => {
    limitBody(stream, limits.request);
    stream.once('close', () => {
      if (!stream.aborted && stream.rstCode !== constants.NGHTTP2_CANCEL) return;
      const now = performance.now();
      broken = [...broken.filter((then) => now - then < RESETS_WITHIN), now];
      if (broken.length > limits.resets) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
    });
  });
}

/** One where nothing moves is closed: at once where streams are stuck in it, politely where there are none. */
function limitIdleness(session: ServerHttp2Session, limits: Limits): void {
  let streams = 0;
  session.on('stream', (stream: ServerHttp2Stream) => {
    streams += 1;
    stream.once('close', () => (streams -= 1));
  });
  session.setTimeout(limits.stillness, () => (streams === 0 ? session.close() : session.destroy()));
  const age = setTimeout(() => session.close(), limits.sessionAge).unref();
  session.once('close', () => clearTimeout(age));
}

/** Keeps every HTTP/2 session of a server, and every HTTP/1.1 request, within the limits. */
export function watchConnections(server: Http2SecureServer | Server, limits: Limits): void {
  server.on('session', (session: ServerHttp2Session) => {
    // A client that breaks the protocol is no news, and its session is gone already.
    session.on('error', () => session.destroy());
    limitResets(session, limits);
    limitIdleness(session, limits);
    session.setLocalWindowSize(SESSION_WINDOW);
  });
  // Against readers who never take their answer; Node itself closes the socket when its time is over.
  server.on('request', (req: Request) => {
    if (req.httpVersionMajor === 1) req.socket.setTimeout(limits.stillness);
  });
}
