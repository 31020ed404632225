import { createServer, type Server, type Socket } from 'node:net';
import { reasonOf, TlsFault } from './faults.ts';
import type { Limits } from './limits.ts';

/** The first byte of a TLS record that holds a handshake. */
const HANDSHAKE = 22;

/** Where a connection goes, by what it says first. */
export interface Rooms {
  /** Null where everything is plain (TLS=off): then nobody looks at the first byte. */
  tls: ((socket: Socket) => void) | null;
  plain(socket: Socket): void;
}

interface Ends {
  remoteAddress?: string | undefined;
  remotePort?: number | undefined;
  localAddress?: string | undefined;
}

/** What a connection is known by, whichever layer of it one holds: the raw socket, TLS, or HTTP/2's stand-in. */
export const endOf = (socket: Ends): string => `${socket.remoteAddress} ${socket.remotePort} ${socket.localAddress}`;

/**
 * Reads the first byte, puts it back and hands the socket on. A connection that says nothing is closed after
 * `limits.silence`.
 */
function admit(socket: Socket, rooms: Rooms, limits: Limits): void {
  const { tls } = rooms;
  if (!tls) return rooms.plain(socket);
  const leave = () => socket.destroy();
  const look = () => {
    const first = socket.read() as Buffer | null;
    if (!first) return;
    for (const event of ['readable', 'end', 'error', 'timeout']) socket.removeAllListeners(event);
    socket.setTimeout(0);
    socket.unshift(first);
    (first[0] === HANDSHAKE ? tls : rooms.plain)(socket);
  };
  socket.on('readable', look);
  for (const event of ['end', 'error', 'timeout']) socket.once(event, leave);
  socket.setTimeout(limits.silence);
}

/** A server in front of the others; `sockets` holds every connection that came in and is still there. */
export function createDoor(rooms: Rooms, limits: Limits, sockets: Set<Socket>): Server {
  const door = createServer({ noDelay: true, keepAlive: true, allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    admit(socket, rooms, limits);
  });
  door.maxConnections = limits.connections;
  return door;
}

function faultOf(cause: unknown, host: string, port: number): TlsFault {
  const reason = reasonOf(cause);
  if (reason === 'EADDRINUSE') return new TlsFault('tls.port_taken', { host, port }, cause);
  if (reason === 'EACCES') return new TlsFault('tls.port_forbidden', { port }, cause);
  if (['ENOTFOUND', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'EINVAL'].includes(reason))
    return new TlsFault('tls.host_unknown', { host }, cause);
  return new TlsFault('tls.listen_failed', { host, port, reason }, cause);
}

/** Opens a door; answers its port. @throws TlsFault with a sentence naming PORT or HOST */
async function openDoor(door: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (cause: Error) => reject(faultOf(cause, host, port));
    door.once('error', failed);
    door.listen({ host, port, ipv6Only: host === '::1', backlog: 1024 }, () => {
      door.removeListener('error', failed);
      resolve();
    });
  });
  const address = door.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

/** Whether a fault means that the machine has no such address at all. */
const isMissingAddress = (fault: unknown): boolean =>
  fault instanceof TlsFault && ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'].includes(reasonOf(fault.cause));

export interface OpenDoors {
  doors: Server[];
  hosts: string[];
  port: number;
}

/**
 * Opens a door on each host, all on one port; ::1 may be missing where another address is there.
 * @throws TlsFault with a sentence naming PORT or HOST; then none is open
 */
export async function openDoors(
  hosts: readonly string[],
  port: number,
  make: () => Server,
  missing: (host: string) => void,
): Promise<OpenDoors> {
  const open: OpenDoors = { doors: [], hosts: [], port };
  for (const host of hosts) {
    const door = make();
    try {
      open.port = await openDoor(door, host, open.port);
    } catch (fault) {
      if (host === '::1' && open.doors.length > 0 && isMissingAddress(fault)) {
        missing(host);
        continue;
      }
      for (const other of open.doors) other.close();
      throw fault;
    }
    open.doors.push(door);
    open.hosts.push(host);
  }
  return open;
}
