import type { Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { endOf } from './door.ts';
import type { Request, Response } from './handler.ts';

/** Knows which connections have a request under way, so that a site can stop without cutting one off. */
export interface Farewell {
  /** Lets requests finish for `graceMs`, then cuts; resolves when every connection is gone. */
  leave(graceMs: number): Promise<void>;
}

/** Follows the requests of a server over all `sockets`; register it before the handler. */
export function followRequests(site: Server | Http2SecureServer, sockets: ReadonlySet<Socket>): Farewell {
  const busy = new Map<string, number>(); // HTTP/1.1 requests under way, by the connection's ends
  const sessions = new Map<string, ServerHttp2Session>();
  let leaving = false;

  site.on('session', (session: ServerHttp2Session) => {
    const end = endOf(session.socket);
    sessions.set(end, session);
    session.once('close', () => sessions.delete(end));
    if (leaving) session.close();
  });

  site.on('request', (req: Request, res: Response) => {
    if (req.httpVersionMajor === 2) return; // its session knows
    const { socket } = req;
    const end = endOf(socket);
    busy.set(end, (busy.get(end) ?? 0) + 1);
    if (leaving) res.setHeader('Connection', 'close');
    res.once('close', () => {
      const left = (busy.get(end) ?? 1) - 1;
      if (left > 0) return void busy.set(end, left);
      busy.delete(end);
      if (leaving) socket.end();
    });
  });

  const gone = () => Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));

  return {
    async leave(graceMs) {
      leaving = true;
      for (const session of sessions.values()) session.close();
      for (const socket of sockets) {
        const end = endOf(socket);
        if (!busy.has(end) && !sessions.has(end)) socket.destroy();
      }
      const clock = new AbortController();
      await Promise.race([gone(), wait(graceMs, undefined, { signal: clock.signal })]);
      clock.abort();
      const rest = gone();
      for (const socket of sockets) socket.destroy();
      await rest;
    },
  };
}
