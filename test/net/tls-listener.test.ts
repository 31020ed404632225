import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import http2 from 'node:http2';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import Koa from 'koa';
import { silentLog } from '../../src/lib/log.ts';
import { makeLeaf } from '../../src/net/tls/make.ts';
import {
  createListener,
  ensureCertificates,
  listenHosts,
  type Certificates,
  type CertificateSource,
  type Handler,
  type Limits,
  type Listener,
} from '../../src/net/tls/index.ts';

let dir: string;
let certificates: Certificates;
const open: Listener[] = [];

const sourceOf = (cert: string, key: string): CertificateSource => ({
  current: { cert, key },
  renew: async () => null,
});

/** A Koa site that says what it knows of the connection. */
function koa(): Handler {
  const app = new Koa();
  app.use((ctx) => {
    ctx.body = { secure: ctx.secure, ip: ctx.ip, version: ctx.req.httpVersion, host: ctx.host, path: ctx.url };
  });
  return app.callback();
}

interface Start {
  handler?: Handler;
  limits?: Partial<Limits>;
  source?: CertificateSource;
  mode?: 'tls' | 'plain';
}

async function start({ handler = koa(), limits = {}, source, mode = 'tls' }: Start = {}): Promise<Listener> {
  const { leaf } = certificates;
  const listener = await createListener({
    mode,
    hosts: listenHosts('localhost'),
    port: 0,
    certificates: source ?? sourceOf(leaf.chainPem, leaf.keyPem),
    handler,
    baseUrl: (port) => `https://localhost:${port}`,
    log: silentLog,
    limits,
  });
  open.push(listener);
  return listener;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bowerbird-tls-'));
  certificates = await ensureCertificates({ dir: join(dir, 'certs'), hosts: ['pictures.example'] });
});
afterEach(async () => {
  for (const listener of open.splice(0)) await listener.close(0);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

interface Answer {
  status: number | undefined;
  body: string;
}

/** A request over HTTP/1.1 and TLS, with the local authority as the only one trusted. */
async function get(port: number, options: RequestOptions = {}): Promise<Answer> {
  const request = httpsRequest({ host: '127.0.0.1', port, ca: certificates.ca.pem, agent: false, ...options }).end();
  const [response] = (await once(request, 'response')) as [import('node:http').IncomingMessage];
  return { status: response.statusCode, body: await textOf(response) };
}

async function textOf(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: string[] = [];
  for await (const part of stream) parts.push(String(part));
  return parts.join('');
}

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** Sends bytes as they are, and gives all that came back before the other side closed. */
async function raw(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  const socket = net.connect({ host, port, allowHalfOpen: true });
  socket.write(text);
  const answer = await textOf(socket);
  socket.destroy();
  return answer;
}

/** Milliseconds until the other side closes. */
async function closedAfter(socket: net.Socket): Promise<number> {
  const begin = performance.now();
  socket.on('error', () => {}).resume();
  await once(socket, 'close');
  return performance.now() - begin;
}

async function session(port: number): Promise<http2.ClientHttp2Session> {
  const client = http2.connect(`https://localhost:${port}`, { ca: certificates.ca.pem });
  client.on('error', () => {});
  await once(client, 'connect');
  return client;
}

async function getH2(client: http2.ClientHttp2Session, path = '/'): Promise<Answer> {
  const stream = client.request({ ':path': path });
  const cut = once(stream, 'close').then(() => Promise.reject(new Error('cut off without an answer')));
  const [headers] = (await Promise.race([once(stream, 'response'), cut])) as [http2.IncomingHttpHeaders];
  cut.catch(() => {}); // after an answer, closing is as it should be
  return { status: Number(headers[':status']), body: await textOf(stream) };
}

describe('over TLS', () => {
  test.each(['127.0.0.1', '::1', 'localhost'])('a browser that trusts the authority is let in at %s', async (host) => {
    const { port } = await start();
    expect(json((await get(port, { host })).body)).toMatchObject({ secure: true, version: '1.1' });
  });

  test('the host of BASE_URL is vouched for, another name is not', async () => {
    const { port } = await start();
    expect((await get(port, { servername: 'pictures.example' })).status).toBe(200);
    await expect(get(port, { servername: 'other.example' })).rejects.toThrow(/does not match/);
  });

  test('without the authority nobody trusts it', async () => {
    const { port } = await start();
    await expect(get(port, { ca: [] })).rejects.toThrow(/self-signed|unable to/);
  });

  test('a leaf for another name or address signed with the authority’s own key is refused', async () => {
    const authority = { cert: certificates.ca.pem, key: await keyOfAuthority() };
    for (const host of ['bank.example', '192.0.2.1', 'localhost.example']) {
      const leaf = await makeLeaf(authority, [host], new Date());
      const { port } = await start({ source: sourceOf(leaf.cert + authority.cert, leaf.key) });
      await expect(get(port, { servername: net.isIP(host) ? '' : host })).rejects.toThrow(
        /permitted subtree violation/,
      );
    }
    const allowed = await makeLeaf(authority, ['localhost'], new Date());
    const { port } = await start({ source: sourceOf(allowed.cert + authority.cert, allowed.key) });
    expect((await get(port, { host: 'localhost' })).status).toBe(200);
  });

  test('HTTP/2 and HTTP/1.1 answer on one port, both secure, with the visitor’s address', async () => {
    const { port } = await start();
    const client = await session(port);
    const second = json((await getH2(client, '/images?page=2')).body);
    client.close();
    expect(second).toMatchObject({ secure: true, version: '2.0', host: `localhost:${port}`, path: '/images?page=2' });
    expect(['127.0.0.1', '::1']).toContain(second['ip']);
    expect(json((await get(port)).body)).toMatchObject({ secure: true, ip: '127.0.0.1', version: '1.1' });
  });

  test('TLS 1.1 is refused, TLS 1.2 and 1.3 are spoken', async () => {
    const { port } = await start();
    const speak = async (version: tls.SecureVersion) => {
      const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
      const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca.pem, ...options });
      await once(socket, 'secureConnect');
      const spoken = socket.getProtocol();
      socket.destroy();
      return spoken;
    };
    await expect(speak('TLSv1.1')).rejects.toThrow(/protocol version|alert/);
    expect([await speak('TLSv1.2'), await speak('TLSv1.3')]).toEqual(['TLSv1.2', 'TLSv1.3']);
  });
});

async function keyOfAuthority(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(join(dir, 'certs', 'ca-key.pem'), 'utf8');
}

describe('plain HTTP on the same port', () => {
  test.each(['127.0.0.1', '::1'])('a page is sent on to the same path over HTTPS (%s)', async (host) => {
    const { port } = await start();
    const answer = await raw(port, 'GET /images?page=2&q=%20a HTTP/1.1\r\nHost: evil.example\r\n\r\n', host);
    expect(answer).toMatch(/^HTTP\/1.1 308 /);
    expect(answer).toContain(`Location: https://localhost:${port}/images?page=2&q=%20a\r\n`);
    expect(answer).toContain('Cache-Control: no-store');
  });

  test.each([
    ['//evil.example/', '//evil.example/'],
    ['http://evil.example/x?y', '/x?y'],
    ['/\\evil.example', '/%5Cevil.example'],
    ['*', '/'],
  ])('no request line leads to another site: %s', async (target, path) => {
    const { port } = await start();
    const answer = await raw(port, `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(answer).toContain(`Location: https://localhost:${port}${path}\r\n`);
  });

  test.each([
    ['POST /account/login', 'Content-Length: 200000\r\n', 'password='.padEnd(200_000, 'x')],
    ['DELETE /images/1', '', ''],
    ['GET /api/v1/images', '', ''],
    ['GET /%61pi/v1/images', '', ''],
    ['HEAD /API/v1/images', '', ''],
    ['POST /images/create', 'Expect: 100-continue\r\nContent-Length: 9\r\n', ''],
  ])('%s is refused with a sentence, never redirected', async (line, headers, body) => {
    const { port } = await start({ limits: { silence: 300 } });
    const answer = await raw(port, `${line} HTTP/1.1\r\nHost: x\r\n${headers}\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1.1 426 /);
    expect(answer).not.toMatch(/^location:/im);
    expect(answer).not.toContain('100 Continue');
    if (!line.startsWith('HEAD')) expect(answer).toContain('HTTPS only');
  });

  test('whoever sent a token in the clear is told so', async () => {
    const { port } = await start();
    const answer = await raw(port, 'GET /api/v1/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abc\r\n\r\n');
    expect(answer).toContain('revoke it');
  });

  test('what is neither TLS nor HTTP gets a sentence and is closed', async () => {
    const { port } = await start();
    expect(await raw(port, 'SSH-2.0-OpenSSH_9.2\r\n')).toMatch(/^HTTP\/1.1 400 [^]*neither TLS nor HTTP/);
  });

  test('behind a proxy that does TLS, plain HTTP is served as it is', async () => {
    const { port } = await start({ mode: 'plain' });
    const answer = await raw(port, 'GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '::1');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('nothing hangs', () => {
  const quick = { silence: 150, headers: 200, request: 300, keepAlive: 100, stillness: 200 };
  const never = (listener: Listener) => net.connect(listener.port, '127.0.0.1');

  test('a connection that says nothing is closed', async () => {
    const took = await closedAfter(never(await start({ limits: quick })));
    expect(took).toBeGreaterThan(100);
    expect(took).toBeLessThan(1500);
  });

  test.each([
    ['half a TLS handshake', 'tls', Buffer.from([22, 3, 1, 15, 255])],
    ['half a plain request', 'tls', Buffer.from('GET / HTTP/1.1\r\nX: ')],
    ['half a request behind a proxy', 'plain', Buffer.from('GET / HTTP/1.1\r\nX: ')],
    ['nothing behind a proxy', 'plain', Buffer.alloc(0)],
  ] as const)('%s, then a byte now and then, is closed', async (_what, mode, first) => {
    const socket = never(await start({ limits: quick, mode }));
    socket.write(first);
    const drip = setInterval(() => first.length > 0 && socket.write('a'), 40);
    expect(await closedAfter(socket)).toBeLessThan(2000);
    clearInterval(drip);
  });

  test('half a request inside TLS is closed', async () => {
    const { port } = await start({ limits: quick });
    const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca.pem });
    socket.write('GET / HTTP/1.1\r\nX: ');
    const drip = setInterval(() => socket.write('a'), 40);
    expect(await closedAfter(socket)).toBeLessThan(2000);
    clearInterval(drip);
  });

  test('a connection that sits idle after its answer is closed', async () => {
    const { port } = await start({ limits: { ...quick, keepAlive: 100 } });
    const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca.pem });
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await closedAfter(socket)).toBeLessThan(3000);
  });

  test('a reader who never takes the answer is cut', async () => {
    let cut = () => {};
    const gone = new Promise<void>((resolve) => (cut = resolve));
    const handler: Handler = (_req, res) => {
      res.once('close', cut);
      res.end(Buffer.alloc(64_000_000));
    };
    const { port } = await start({ limits: quick, handler });
    const socket = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca.pem });
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await gone; // while nobody reads
    socket.destroy();
  });

  test('an HTTP/2 session on which nothing moves is closed', async () => {
    const { port } = await start({ limits: quick });
    const client = await session(port);
    await once(client, 'close');
    expect(client.destroyed).toBe(true);
  });

  test('a body over HTTP/2 that never ends is ended', async () => {
    const { port } = await start({ limits: quick, handler: (req) => void req.resume() });
    const client = await session(port);
    const stream = client.request({ ':path': '/', ':method': 'POST' });
    const drip = setInterval(() => stream.destroyed || stream.write('a'), 40);
    stream.on('error', () => {});
    await new Promise((resolve) => stream.once('close', resolve));
    clearInterval(drip);
    expect(stream.rstCode).toBe(http2.constants.NGHTTP2_ENHANCE_YOUR_CALM);
    client.destroy();
  });

  test('a client that opens streams only to break them off is cut, and others are served on', async () => {
    const { port } = await start({ limits: { resets: 20 }, handler: () => {} });
    const client = await session(port);
    const closed = once(client, 'close');
    for (let n = 0; n < 60; n += 1)
      client
        .request({ ':path': '/' })
        .on('error', () => {})
        .close(http2.constants.NGHTTP2_CANCEL);
    await closed;
    expect((await session(port)).destroyed).toBe(false);
  });

  test('a client that breaks off its handshake, or talks nonsense inside TLS, harms nobody', async () => {
    const { port } = await start();
    const socket = never({ port } as Listener);
    socket.write(Buffer.from([22, 3, 1, 0, 5, 1, 2, 3, 4, 5]));
    await closedAfter(socket);
    const h2 = tls.connect({ port, host: '127.0.0.1', ca: certificates.ca.pem, ALPNProtocols: ['h2'] });
    h2.write('this is no HTTP/2 preface, whatever it is\r\n\r\n');
    await closedAfter(h2);
    expect((await get(port)).status).toBe(200);
  });
});

describe('a renewed certificate', () => {
  const leafFor = async () =>
    makeLeaf({ cert: certificates.ca.pem, key: await keyOfAuthority() }, ['localhost'], new Date());
  const shownAt = async (port: number) => {
    const socket = tls.connect({ port, host: 'localhost', ca: certificates.ca.pem });
    await once(socket, 'secureConnect');
    const { fingerprint256 } = socket.getPeerCertificate();
    socket.destroy();
    return fingerprint256;
  };

  test('is shown from the next handshake on, while open connections go on', async () => {
    const listener = await start();
    const client = await session(listener.port);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const options = { agent, host: 'localhost' };
    await get(listener.port, options);
    const before = await shownAt(listener.port);
    listener.replaceCertificate(await leafFor());
    expect(await shownAt(listener.port)).not.toBe(before);
    expect((await getH2(client)).status).toBe(200);
    expect((await get(listener.port, options)).status).toBe(200);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
    agent.destroy();
    client.destroy();
  });

  test('is found by itself, also after a look that failed', async () => {
    const next = await leafFor();
    const answers = [() => Promise.reject(new Error('disk gone')), async () => null, async () => next];
    const source = { ...sourceOf(certificates.leaf.chainPem, certificates.leaf.keyPem) };
    source.renew = () => (answers.shift() ?? (async () => null))();
    const { port } = await start({ source, limits: { renewal: 20 } });
    const before = certificates.leaf.certPem;
    const first = new (await import('node:crypto')).X509Certificate(before).fingerprint256;
    while (answers.length > 0) await shownAt(port);
    expect(await shownAt(port)).not.toBe(first);
  });
});

describe('closing', () => {
  /** A handler that waits until the test lets it answer. */
  function gate() {
    const waiting: (() => void)[] = [];
    const handler: Handler = (_req, res) => void waiting.push(() => res.end('done'));
    const arrived = async (count: number) => {
      while (waiting.length < count) await new Promise(setImmediate);
    };
    return { handler, arrived, release: () => waiting.forEach((answer) => answer()) };
  }

  test('lets requests under way finish on both protocols, and takes no new ones', async () => {
    const { handler, arrived, release } = gate();
    const listener = await start({ handler });
    const client = await session(listener.port);
    const agent = new Agent({ keepAlive: true });
    const both = [getH2(client), get(listener.port, { agent })];
    const idle = never(listener.port);
    await arrived(2);
    const closing = listener.close(5000);
    await closedAfter(idle);
    await expect(get(listener.port)).rejects.toThrow(/ECONNREFUSED/);
    release();
    expect((await Promise.all(both)).map(({ body }) => body)).toEqual(['done', 'done']);
    const begin = performance.now();
    await closing;
    expect(performance.now() - begin).toBeLessThan(2000);
    agent.destroy();
  });

  test('cuts what does not finish in time', async () => {
    const { handler, arrived } = gate();
    const listener = await start({ handler });
    const client = await session(listener.port);
    const cut = Promise.allSettled([getH2(client), get(listener.port)]);
    await arrived(2);
    await listener.close(50);
    expect((await cut).some(({ status }) => status === 'fulfilled')).toBe(false);
  });

  test('twice does no harm', async () => {
    const listener = await start();
    await Promise.all([listener.close(10), listener.close(10)]);
  });

  const never = (port: number) => net.connect(port, '127.0.0.1');
});

describe('a port that cannot be had', () => {
  const listen = (host: string, port: number) =>
    createListener({
      mode: 'plain',
      hosts: listenHosts(host),
      port,
      handler: koa(),
      baseUrl: 'http://localhost',
      log: silentLog,
    });

  test('that is taken is said in a sentence that names PORT, and nothing stays open', async () => {
    const { port } = await start();
    await expect(listen('localhost', port)).rejects.toThrow(`PORT: ${port} is taken on 127.0.0.1`);
    const other = net.createServer().listen(0, '::1');
    await once(other, 'listening');
    const taken = (other.address() as net.AddressInfo).port;
    await expect(listen('localhost', taken)).rejects.toThrow(`PORT: ${taken} is taken on ::1`);
    await expect(once(net.connect(taken, '127.0.0.1'), 'connect')).rejects.toThrow(/ECONNREFUSED/);
    other.close();
  });

  test('on an address that is not this machine’s names HOST', async () => {
    await expect(listen('192.0.2.1', 0)).rejects.toThrow(/^HOST: .*192\.0\.2\.1/);
  });
});
