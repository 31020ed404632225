import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createWeb } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examine } from '../../src/cli/doctor.ts';
import { readRedis } from '../../src/lib/redis-settings.ts';
import { Settings } from '../../src/lib/settings.ts';
import { makeAuthority, makeLeaf } from '../../src/net/tls/make.ts';
import { probe } from '../../src/redis/index.ts';
import { eventually } from '../support/chromium.ts';
import { freePort, spawnSite } from '../support/process.ts';
import { REDIS, startRedis, type Redis } from '../support/redis.ts';

const asked = (url: string) => {
  const setting = readRedis(new Settings({ CACHE_URL: url }), 'CACHE_URL');
  return setting ? probe(setting) : Promise.reject(new Error('no setting'));
};
const saidOf = (url: string): Promise<string> =>
  asked(url).then(
    () => 'fine',
    (error: Error) => error.message,
  );

async function listening<Kind extends Server>(server: Kind): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('the start says which setting is wrong, what was tried and what came back', () => {
  test('where nobody listens, nobody knows the name, or something else answers', async () => {
    const web = createWeb((_, res) => res.end('hello'));
    const rude = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end(),
    );
    const [webPort, rudePort] = [await listening(web), await listening(rude)];
    try {
      const closed = await freePort();
      expect(await saidOf(`redis://ann:hush@127.0.0.1:${closed}`)).toBe(
        `CACHE_URL: redis://127.0.0.1:${closed}/0 was asked to keep a key for a second: nobody listens there (ECONNREFUSED). Is it running, and is the port right?`,
      );
      expect(await saidOf('redis://redis.invalid')).toMatch(
        /nobody knows the name of its host \((ENOTFOUND|EAI_AGAIN)\)/,
      );
      expect(await saidOf(`redis://127.0.0.1:${webPort}`)).toMatch(/what listens there is no Redis server/);
      expect(await saidOf(`redis://127.0.0.1:${rudePort}`)).toMatch(/the connection was closed at once/);
    } finally {
      for (const server of [web, rude]) await new Promise((resolve) => server.close(resolve));
    }
  });

  test('a site ends with 1 and that sentence alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wrong-'));
    const closed = await freePort();
    const { gone, printed } = spawnSite(folder, await freePort(), { QUEUE_URL: `redis://:hush@127.0.0.1:${closed}` });
    expect(await gone).toBe(1);
    const said = printed().trim().split('\n');
    expect(said.filter((line) => !line.startsWith('{'))).toEqual([
      expect.stringMatching(/^QUEUE_URL: redis:\/\/127\.0\.0\.1:\d+\/0 was asked .* nobody listens there/),
    ]);
    expect(printed()).not.toContain('hush');
    await rm(folder, { recursive: true, force: true });
  });
});

(REDIS ? describe : describe.skip)('a real server (needs redis-server)', () => {
  let redis: Redis;
  let folder: string;
  const TLS_PORT = freePort();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redis-tls-'));
    const now = new Date();
    const authority = await makeAuthority(['127.0.0.1'], now);
    const leaf = await makeLeaf(authority, ['127.0.0.1'], now);
    await writeFile(join(folder, 'ca.pem'), authority.cert);
    await writeFile(join(folder, 'cert.pem'), leaf.cert);
    await writeFile(join(folder, 'key.pem'), leaf.key, { mode: 0o600 });
    const tls = ['--tls-port', String(await TLS_PORT), '--tls-cert-file', join(folder, 'cert.pem')];
    const open = ['--tls-key-file', join(folder, 'key.pem'), '--tls-auth-clients', 'no', '--databases', '4'];
    redis = await startRedis([...tls, ...open, '--requirepass', 'a/b@c'], ':a%2Fb%40c');
    await redis.client.call('ACL', 'SETUSER', 'reader', 'on', '>look', '~*', '+@read', '+info', '+ping');
  });
  afterAll(async () => {
    await redis?.end();
    await rm(folder, { recursive: true, force: true });
  });

  test('the right password is taken, and nothing is left of looking', async () => {
    expect(await saidOf(redis.url)).toBe('fine');
    expect(await saidOf(redis.url.replace(/0$/, '3'))).toBe('fine');
  });

  test.each<[string, () => string, RegExp]>([
    [
      'no password',
      () => redis.url.replace(':a%2Fb%40c@', ''),
      /it answered “NOAUTH .*look at the name and the password/,
    ],
    ['another password', () => redis.url.replace('a%2F', 'hush'), /it answered “WRONGPASS /],
    [
      'a user that may only read',
      () => redis.url.replace(':a%2Fb%40c', 'reader:look'),
      /it answered “NOPERM .*run scripts/,
    ],
    ['a database that is not there', () => redis.url.replace(/0$/, '9'), /it answered “ERR DB index is out of range”/],
    ['TLS where there is none', () => redis.url.replace('redis:', 'rediss:'), /does it speak TLS \(rediss:\/\/\)/],
    [
      'a certificate of nobody’s',
      () => redis.url.replace('redis:', 'rediss:').replace(String(redis.port), tlsPort),
      /its certificate is not good/,
    ],
    [
      'no TLS where there is',
      () => redis.url.replace(String(redis.port), tlsPort),
      /the connection was closed at once/,
    ],
  ])('%s', async (_, url, sentence) => {
    const said = await saidOf(url());
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/hush|look@|a\/b@c/);
  });

  let tlsPort = '';
  beforeAll(async () => void (tlsPort = String(await TLS_PORT)));

  test('over TLS a site starts that knows who signed its certificate', async () => {
    const secure = redis.url.replace('redis:', 'rediss:').replace(String(redis.port), tlsPort);
    const servers = { QUEUE_URL: secure, CACHE_URL: secure, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
    const { started, child, gone } = spawnSite(await mkdtemp(join(folder, 'site-')), await freePort(), servers);
    try {
      await started;
      await eventually('both, and the copy that listens, are connected over TLS', async () => {
        const clients = String(await redis.client.client('LIST')).split('\n');
        return clients.filter((line) => line.includes(`laddr=127.0.0.1:${tlsPort}`)).length >= 3;
      });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await gone).toBe(0);
  });

  test('one that hangs is said so, and one that copies another is', async () => {
    await redis.client.call('REPLICAOF', '127.0.0.1', '1');
    expect(await saidOf(redis.url)).toMatch(/it answered “READONLY .*name the server that this one copies/);
    await redis.client.call('REPLICAOF', 'NO', 'ONE');
    redis.hang();
    try {
      expect(await saidOf(redis.url)).toMatch(/there came no answer in time/);
    } finally {
      redis.goOn();
    }
  });

  test('doctor looks at both', async () => {
    const lines: string[] = [];
    const dir = await mkdtemp(join(tmpdir(), 'doctor-'));
    const env = { DATA_DIR: join(dir, 'data'), CERTS_DIR: join(dir, 'certs') };
    const urls = { QUEUE_URL: redis.url, CACHE_URL: redis.url.replace('a%2F', 'hush') };
    expect(await examine({ ...env, ...urls }, (line) => void lines.push(line))).toBe(false);
    expect(lines.filter((line) => /_URL/.test(line))).toEqual([
      `ok\tQUEUE_URL redis://127.0.0.1:${redis.port}/0 answers and keeps what it is given.`,
      expect.stringMatching(/^WRONG\tCACHE_URL: .*WRONGPASS/),
    ]);
    await rm(dir, { recursive: true, force: true });
  });
});
