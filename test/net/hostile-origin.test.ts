import { open } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { words } from '../../src/lib/words/index.ts';
import { PIXEL, plantFetcher, until, type Planted, type Planting } from '../support/fetching.ts';
import { redirectTo, startOrigin, type Origin, type Route } from '../support/origin.ts';

let origin: Origin;
const planted: Planted[] = [];

/** Sends bytes for as long as anyone takes them. */
const endless: Route = (_request, response) => {
  response.writeHead(200, { 'content-type': 'image/png' });
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(16_384))) continue;
  };
  response.on('drain', more);
  more();
};

const dripping: Route = (_request, response) => {
  response.writeHead(200, { 'content-type': 'image/png' });
  const timer = setInterval(() => response.write('.'), 20);
  response.on('close', () => clearInterval(timer));
};

/** Writes bytes of its own making, head and all, then does what `after` says. */
const raw =
  (text: string, after: (socket: Socket) => void = (socket) => socket.end()): Route =>
  (request) => {
    request.socket.write(text, () => after(request.socket));
  };

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n';
const stay = () => {};
const reset = (socket: Socket) => void socket.resetAndDestroy();

beforeAll(async () => {
  origin = await startOrigin({
    '/image': PIXEL,
    '/endless': endless,
    '/dripping': dripping,
    '/stalling': raw(`${OK}Content-Length: 1000\r\n\r\n${'x'.repeat(100)}`, stay),
    '/loop': redirectTo('/loop'),
    '/ping': redirectTo('/pong'),
    '/pong': redirectTo('/ping'),
    '/redirect-nowhere': { status: 302 },
    '/404': { status: 404, body: PIXEL },
    '/500': { status: 500, body: PIXEL },
    '/empty': '',
    '/204': { status: 204 },
    '/206': { status: 206, body: PIXEL },
    '/304': raw('HTTP/1.1 304 Not Modified\r\n\r\n'),
    '/gzip': { headers: { 'content-encoding': 'gzip' }, body: gzipSync(PIXEL) },
    '/layers': { headers: { 'content-encoding': Array.from({ length: 50 }, () => 'gzip').join(', ') }, body: PIXEL },
    '/identity': { headers: { 'content-encoding': 'Identity' }, body: PIXEL },
    '/large': { body: Buffer.alloc(20_001) },
    '/large-by-header': raw(`${OK}Content-Length: 99999999\r\n\r\n`, stay),
    '/large-by-count': (_request, response) => {
      response.write(Buffer.alloc(20_000));
      response.end('x');
    },
    '/silent': stay,
    '/reset': (request) => void request.socket.resetAndDestroy(),
    '/reset-in-body': raw(`${OK}Content-Length: 1000\r\n\r\nxxx`, reset),
    '/short': raw(`${OK}Content-Length: 1000\r\n\r\nxxx`),
    '/short-chunk': raw(`${OK}Transfer-Encoding: chunked\r\n\r\nff\r\nxxx`),
    '/bad-chunk': raw(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nxxx`),
    '/two-lengths': raw(`${OK}Content-Length: 3\r\nContent-Length: 5\r\n\r\nxxxxx`),
    '/minus-length': raw(`${OK}Content-Length: -5\r\n\r\nxxxxx`),
    '/huge-length': raw(`${OK}Content-Length: 99999999999999999999999\r\n\r\nxxxxx`),
    '/length-and-chunked': raw(`${OK}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
    '/no-http': raw('SSH-2.0-OpenSSH_9.2\r\n'),
    '/http9': raw('<html>'),
    '/switching': raw('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n', stay),
    '/hints': raw('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(200), stay),
    '/headers': raw(
      `${OK}${Array.from({ length: 1000 }, (_, n) => `X-Header-Number-${n}: ${'y'.repeat(40)}\r\n`).join('')}\r\nxxx`,
    ),
    '/endless-headers': (request) => {
      request.socket.write(OK);
      const timer = setInterval(() => request.socket.write('X-More: more\r\n'), 10);
      request.socket.on('close', () => clearInterval(timer));
    },
  });
  for (let n = 0; n < 9; n += 1) origin.routes[`/hop${n}`] = redirectTo(n === 8 ? '/image' : `/hop${n + 1}`);
});
afterEach(async () => {
  for (const one of planted.splice(0)) await one.end();
});
afterAll(() => origin.close());

async function plant(more: Planting = {}): Promise<Planted> {
  const quick = { timeoutMs: 400, graceMs: 150, maxBytes: 20_000 };
  const one = await plantFetcher({ ...quick, allow: origin.allow, ...more });
  planted.push(one);
  return one;
}

const cases: [path: string, code: string, says: RegExp][] = [
  ['/endless', 'too_large', /more than 19.5 kB/],
  ['/large', 'too_large', /has 19.6 kB; the most that can be saved is 19.5 kB/],
  ['/large-by-header', 'too_large', /has 95.4 MB; the most/],
  ['/large-by-count', 'too_large', /more than 19.5 kB/],
  ['/dripping', 'too_slow', /too slowly/],
  ['/stalling', 'too_slow', /too slowly/],
  ['/404', 'http_status', /404/],
  ['/nothing-here', 'http_status', /404/],
  ['/500', 'http_status', /500/],
  ['/206', 'http_status', /206/],
  ['/304', 'http_status', /304/],
  ['/redirect-nowhere', 'http_status', /302/],
  ['/loop', 'http_status', /without end.*302/],
  ['/ping', 'http_status', /without end.*302/],
  ['/hop0', 'http_status', /without end.*302/],
  ['/empty', 'not_an_image', /empty/],
  ['/204', 'not_an_image', /empty/],
  ['/length-and-chunked', 'unreachable', /could not be reached/],
  ['/gzip', 'not_an_image', /gzip/],
  ['/layers', 'not_an_image', /gzip/],
  ['/reset-in-body', 'broken', /broke off/],
  ['/short', 'broken', /broke off/],
  ['/short-chunk', 'broken', /broke off/],
  ['/bad-chunk', 'broken', /broke off/],
  ...[
    '/silent',
    '/reset',
    '/two-lengths',
    '/minus-length',
    '/huge-length',
    '/no-http',
    '/http9',
    '/switching',
    '/hints',
    '/headers',
    '/endless-headers',
  ].map((path): [string, string, RegExp] => [path, 'unreachable', /could not be reached/]),
];

test.each(cases)('%s is refused as %s, and leaves neither a file nor a connection', async (path, code, says) => {
  const one = await plant();
  const refusal = await one.refusal(origin.url + path);
  expect([refusal.status, refusal.code, refusal.field]).toEqual([422, code, undefined]);
  expect(refusal.message).toMatch(says);
  expect(await one.files()).toEqual([]);
  await until(() => origin.open === 0);
  expect(one.notes).toHaveLength(1);
});

test('an image at the end of five redirects is saved, each over a connection of its own', async () => {
  const one = await plant();
  expect((await one.fetch(`${origin.url}/hop4`)).url).toBe(`${origin.url}/image`);
  expect(one.dials).toHaveLength(6);
});

test('a body exactly as large as the limit is saved', async () => {
  origin.routes['/exact'] = (_request, response) => void response.end(Buffer.alloc(20_000));
  const one = await plant();
  expect((await one.fetch(`${origin.url}/exact`)).bytes).toBe(20_000);
});

test('an encoding that changes nothing is no hindrance', async () => {
  const one = await plant();
  expect((await one.fetch(`${origin.url}/identity`)).bytes).toBe(PIXEL.length);
});

test('a slow body that keeps the least speed is given its time, until the deadline', async () => {
  const one = await plant({ minBytesPerSecond: 10, graceMs: 40, timeoutMs: 300 });
  const began = performance.now();
  expect((await one.refusal(`${origin.url}/dripping`)).code).toBe('too_slow');
  expect(performance.now() - began).toBeGreaterThan(290);
});

test('one deadline covers all hops together', async () => {
  const late =
    (to: string): Route =>
    (_request, response) =>
      void setTimeout(() => response.writeHead(302, { location: to }).end(), 150);
  Object.assign(origin.routes, { '/late1': late('/late2'), '/late2': late('/late3'), '/late3': late('/image') });
  const one = await plant({ timeoutMs: 350 });
  expect((await one.refusal(`${origin.url}/late1`)).code).toBe('unreachable');
});

describe('a listener that does not speak', () => {
  let mute: Server;
  const sockets = new Set<Socket>();
  let port: number;
  beforeAll(async () => {
    mute = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      socket.resume();
    }).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    port = (mute.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => void mute.close(resolve)));

  test.each(['http', 'https'])('over %s is given up at the deadline, and the connection is closed', async (scheme) => {
    const one = await plant({ allow: `127.0.0.1:${port}` });
    expect((await one.refusal(`${scheme}://127.0.0.1:${port}/`)).message).toBe(words('fetch.unreachable'));
    await until(() => sockets.size === 0);
  });
});

test('a full disk is 507 and nobody’s fault but ours', async () => {
  const one = await plant({ createFile: () => open('/dev/full', 'w') });
  const refusal = await one.refusal(`${origin.url}/image`);
  expect([refusal.status, refusal.code]).toEqual([507, 'disk_full']);
  await until(() => origin.open === 0);
});

test('a file that is already there is never written over', async () => {
  const one = await plant();
  const { file } = await one.fetch(`${origin.url}/image`);
  const other = await plant({ createFile: () => open(file, 'wx') });
  await expect(other.fetch(`${origin.url}/image`)).rejects.toMatchObject({ code: 'EEXIST' });
});
