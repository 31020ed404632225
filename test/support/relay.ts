import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a site and a server that it dials, and breaks what passes. */
export interface Relay {
  port: number;
  /** Breaks all connections, and takes none until it is healed. */
  cut(): void;
  heal(): void;
  /** The answer to the first thing that `asks` and what it asks after it never arrive: the connection ends instead. Once. */
  swallow(asks: (sent: string) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts a relay on a free port of the loopback, in front of another one. */
export async function startRelay(target: number): Promise<Relay> {
  const pairs = new Map<Socket, Socket>();
  let isCut = false;
  let wish: { asks: (sent: string) => boolean; done: () => void } | null = null;
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    let sent = '';
    let isSwallowed = false;
    pairs.set(near, far);
    const end = () => {
      pairs.delete(near);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.on('data', (chunk) => {
      sent = (sent + chunk.toString('latin1')).slice(-LONGEST);
      if (wish?.asks(sent)) {
        isSwallowed = true;
        wish.done();
        wish = null;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (isSwallowed) end();
      else near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    isCut = true;
    for (const [near, far] of pairs) for (const socket of [near, far]) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    heal: () => void (isCut = false),
    swallow: (asks) => new Promise((done) => (wish = { asks, done })),
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const LONGEST = 64 * 1024;
