import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig } from '../src/config.ts';
import { WrongSetting } from '../src/lib/settings.ts';

const DAY = 24 * 60 * 60 * 1000;

/** The sentence that stops the start, or '' when it does not. */
function said(env: Record<string, string>): string {
  try {
    readConfig(env);
    return '';
  } catch (error) {
    if (error instanceof WrongSetting) return error.message;
    throw error;
  }
}

describe('the settings', () => {
  test('an empty environment is a whole site on this machine', () => {
    expect(readConfig({})).toMatchObject({
      port: 9000,
      host: 'localhost',
      baseUrl: 'https://localhost:9000',
      certsDir: resolve('certs'),
      tls: { mode: 'auto' },
      trustProxy: 0,
      dataDir: resolve('data'),
      secrets: [],
      databaseUrl: `sqlite:${resolve('data/bowerbird.sqlite')}`,
      stores: [{ kind: 'disk', name: 'file:DATA_DIR/media', path: resolve('data/media'), leaving: false }],
      role: 'all',
      workers: Math.min(4, cpus().length),
      processes: 1,
      registration: 'open',
      openGallery: false,
      limits: true,
      sessionIdleMs: 14 * DAY,
      sessionMs: 90 * DAY,
      trashMs: 30 * DAY,
      quotaBytes: null,
      maxUploadBytes: 25 * 1024 * 1024,
      maxPixels: 100_000_000,
      maxFrames: 500,
      minWidth: 124,
      minHeight: 124,
      fetchAllow: '',
      fetchDeny: '',
      fetchTimeoutMs: 15_000,
      dnsServers: [],
      metricsToken: null,
      logLevel: 'info',
      development: false,
    });
  });

  test('what is empty or blank counts as not set', () => {
    expect(readConfig({ PORT: '', BASE_URL: ' ', REGISTRATION: '', SECRET: ' , ' })).toEqual(readConfig({}));
  });

  test.each([
    [{ PORT: '8443' }, { port: 8443, baseUrl: 'https://localhost:8443' }],
    [{ BASE_URL: 'https://Images.Example.org/' }, { baseUrl: 'https://images.example.org' }],
    [
      { BASE_URL: 'http://box:8000', TLS: 'off' },
      { baseUrl: 'http://box:8000', tls: { mode: 'off' } },
    ],
    [{ TLS: 'a.pem, b.pem' }, { tls: { mode: 'files', cert: resolve('a.pem'), key: resolve('b.pem') } }],
    [{ DATA_DIR: '/srv/x' }, { databaseUrl: 'sqlite:/srv/x/bowerbird.sqlite', stores: [{ path: '/srv/x/media' }] }],
    [{ DATABASE_URL: 'postgres://u:p@db/b' }, { databaseUrl: 'postgres://u:p@db/b' }],
    [{ STORAGE: 'file:pics' }, { stores: [{ path: resolve('pics') }] }],
    [
      { STORAGE: 'file:///one, -file:/two' },
      {
        stores: [
          { name: 'file:/one', leaving: false },
          { name: 'file:/two', leaving: true },
        ],
      },
    ],
    [
      { STORAGE: 's3+https://test%3Aann:a%2Fb%2Bc%2C%25@S3.example.org:8443/pictures?region=eu-1' },
      {
        stores: [
          {
            kind: 's3',
            name: 's3+https://s3.example.org:8443/pictures',
            bucket: 'https://s3.example.org:8443/pictures',
            accessKey: 'test:ann',
            secretKey: 'a/b+c,%',
            region: 'eu-1',
          },
        ],
      },
    ],
    [{ STORAGE: 's3+http://k:s@store/pictures?style=host' }, { stores: [{ bucket: 'http://pictures.store' }] }],
    [{}, { queue: null, cache: null }],
    [
      { QUEUE_URL: 'redis://localhost', CACHE_URL: 'rediss://ann:a%2Fb%40c@[::1]:6380/3' },
      {
        queue: { name: 'redis://localhost:6379/0', host: 'localhost', port: 6379, tls: false, password: null },
        cache: { name: 'rediss://[::1]:6380/3', host: '::1', tls: true, user: 'ann', password: 'a/b@c', database: 3 },
      },
    ],
    [{ SECRET: 'new, old' }, { secrets: ['new', 'old'] }],
    [
      { QUOTA_MB: '10', MAX_UPLOAD_MB: '5' },
      { quotaBytes: 10 * 2 ** 20, maxUploadBytes: 5 * 2 ** 20 },
    ],
    [{ MIN_RESOLUTION: '1024x786' }, { minWidth: 1024, minHeight: 786 }],
    [{}, { tierFormat: 'jpeg', media: 'proxy' }],
    [{ MEDIA: 'accel' }, { media: 'accel' }],
    [{ TIER_FORMAT: 'webp' }, { tierFormat: 'webp' }],
    [{}, { nopin: 'private' }],
    [{ NOPIN: 'ask' }, { nopin: 'ask' }],
    [{ FETCH_TIMEOUT: '20 s' }, { fetchTimeoutMs: 20_000 }],
    [{ FETCH_TIMEOUT: '7' }, { fetchTimeoutMs: 7000 }],
    [{ HOST: '[::1]' }, { host: '[::1]' }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [
      { DNS_SERVERS: '192.0.2.1, 192.0.2.1:5353,[2001:db8::1]:53, 2001:db8::1' },
      { dnsServers: ['192.0.2.1', '192.0.2.1:5353', '[2001:db8::1]:53', '2001:db8::1'] },
    ],
  ])('%j is understood', (env, expected) => expect(readConfig(env as Record<string, string>)).toMatchObject(expected));

  test.each([
    ['PORT', 'nine', 'PORT must be a whole number from 0 to 65535, not "nine".'],
    ['PORT', '65536', 'PORT must be a whole number from 0 to 65535, not "65536".'],
    ['PORT', '-1', 'PORT must be a whole number from 0 to 65535, not "-1".'],
    ['PORT', '1e3', 'PORT must be a whole number from 0 to 65535, not "1e3".'],
    ['HOST', 'my host', 'HOST must be a name or an address of this machine, not "my host".'],
    ['HOST', '999.1.1.1', 'HOST must be a name or an address of this machine, not "999.1.1.1".'],
    ['BASE_URL', 'images', 'BASE_URL must be an address such as https://images.example.org, not "images".'],
    ['BASE_URL', 'http://images.org', 'BASE_URL must begin with https:// (with TLS=off, http:// is possible too).'],
    ['BASE_URL', 'ftp://images.org', 'BASE_URL must begin with https:// (with TLS=off, http:// is possible too).'],
    ['BASE_URL', 'https://a.org/b', 'BASE_URL must hold no path, query or password: https://images.example.org.'],
    ['BASE_URL', 'https://u:p@a.org', 'BASE_URL must hold no path, query or password: https://images.example.org.'],
    ['TLS', 'on', 'TLS must be auto, off, or two files: cert.pem,key.pem.'],
    ['TLS', 'a.pem,b.pem,c.pem', 'TLS must be auto, off, or two files: cert.pem,key.pem.'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be a whole number from 0 to 10, not "yes".'],
    [
      'DATABASE_URL',
      'mysql://u:topsecret@db/b',
      'DATABASE_URL must begin with postgres:// (or be left out for SQLite in DATA_DIR).',
    ],
    ['MEDIA', 'nginx', 'MEDIA must be one of proxy, accel, sendfile, redirect, not "nginx".'],
    ['ROLE', 'both', 'ROLE must be one of all, web, worker, not "both".'],
    ['WORKERS', '0', 'WORKERS must be a whole number from 1 to 64, not "0".'],
    ['REGISTRATION', 'no', 'REGISTRATION must be one of open, invite, closed, not "no".'],
    ['OPEN_GALLERY', 'true', 'OPEN_GALLERY must be one of yes, no, not "true".'],
    ['LIMITS', 'no', 'LIMITS must be one of on, off, not "no".'],
    ['CONFIRM_EMAIL', '1', 'CONFIRM_EMAIL must be one of yes, no, not "1".'],
    ['SESSION_IDLE_DAYS', '0', 'SESSION_IDLE_DAYS must be a whole number from 1 to 3650, not "0".'],
    ['SESSION_DAYS', 'x', 'SESSION_DAYS must be a whole number from 1 to 3650, not "x".'],
    ['TRASH_DAYS', '-3', 'TRASH_DAYS must be a whole number from 0 to 3650, not "-3".'],
    ['MAX_UPLOAD_MB', '1001', 'MAX_UPLOAD_MB must be a whole number from 1 to 1000, not "1001".'],
    ['MAX_PIXELS', '1', 'MAX_PIXELS must be a whole number from 10000 to 1000000000, not "1".'],
    ['MAX_FRAMES', '0', 'MAX_FRAMES must be a whole number from 1 to 100000, not "0".'],
    ['TIER_FORMAT', 'png', 'TIER_FORMAT must be one of jpeg, webp, not "png".'],
    ['NOPIN', 'no', 'NOPIN must be one of private, ask, not "no".'],
    ['MIN_RESOLUTION', '1024', 'MIN_RESOLUTION must be a size such as 1024x786, not "1024".'],
    ['FETCH_TIMEOUT', '0', 'FETCH_TIMEOUT must be a whole number from 1 to 600, not "0".'],
    ['FETCH_TIMEOUT', '1 hour', 'FETCH_TIMEOUT must be a whole number from 1 to 600, not "1 hour".'],
    [
      'DNS_SERVERS',
      '1.2.3.999',
      'DNS_SERVERS must be addresses such as 192.0.2.1:53, separated by commas, not "1.2.3.999".',
    ],
    [
      'DNS_SERVERS',
      '1.2.3.4:0',
      'DNS_SERVERS must be addresses such as 192.0.2.1:53, separated by commas, not "1.2.3.4:0".',
    ],
    [
      'DNS_SERVERS',
      'dns.example',
      'DNS_SERVERS must be addresses such as 192.0.2.1:53, separated by commas, not "dns.example".',
    ],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".'],
  ])('%s=%s stops the start with one sentence that names it', (name, value, sentence) => {
    expect(said({ [name]: value })).toBe(sentence);
  });
});

describe('STORAGE', () => {
  test.each([
    ['/srv/media', /must be file:PATH.*or s3\+https:/],
    ['file:', /must be file:PATH/],
    ['ftp://host/hush', /must be file:PATH/],
    ['s3+https://key:hush/1@host/bucket', /written %2F/],
    ['s3+https://key:hush@', /an S3 store must be such as/],
    ['s3+https://key:hush@host', /at host needs the name of one bucket/],
    ['s3+https://key:hush@host/one/two', /needs the name of one bucket/],
    ['s3+https://host/bucket', /s3\+https:\/\/host\/bucket needs an access key/],
    ['s3+https://key@host/bucket', /needs an access key and a secret key/],
    ['s3+https://key:hush%@host/bucket', /percent-encoded/],
    ['s3+https://key:hush@host/bucket?style=other', /style=path or style=host/],
    ['s3+https://key:hush@host/bucket?secret=hush', /and by nothing else/],
    ['file:/one,file:/one/', /names file:\/one twice/],
    ['s3+https://a:hush@host/bucket,s3+https://b:hush@host/bucket', /names s3\+https:\/\/host\/bucket twice/],
    ['-file:/one', /every store in it is to leave/],
  ])('%s stops the start with a sentence that says why, and never its secret', (value, sentence) => {
    expect(said({ STORAGE: value })).toMatch(sentence);
    expect(said({ STORAGE: value })).toMatch(/^STORAGE/);
    expect(said({ STORAGE: value })).not.toMatch(/hush/);
  });
});

describe.each(['QUEUE_URL', 'CACHE_URL'])('%s', (name) => {
  test.each([
    'localhost:6379',
    'http://:hush@host',
    'redis://',
    'redis://:hush@host/one',
    'redis://:hush@host/0/1',
    'redis://:hush@host?db=1',
    'redis://:hush%@host',
    'redis://:hu#sh@host',
    'redis://:hush@host:70000',
  ])('%s stops the start with a sentence that says how it should be, and never its secret', (value) => {
    expect(said({ [name]: value })).toMatch(new RegExp(`^${name} must be such as redis://user:password@(?!.*hush)`));
  });
});

describe('a setting in a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bowerbird-settings-'));
    writeFileSync(join(folder, 'secret'), 'from-the-file\n');
    writeFileSync(join(folder, 'wrong'), 'mysql://root:topsecret@db/b\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read from where NAME_FILE points, without its last line end', () => {
    expect(readConfig({ SECRET_FILE: join(folder, 'secret') }).secrets).toEqual(['from-the-file']);
  });

  test('is not set twice', () => {
    const env = { SECRET: 'plain', SECRET_FILE: join(folder, 'secret') };
    expect(said(env)).toBe('SECRET and SECRET_FILE are both set: please keep one.');
  });

  test('is said when it cannot be read', () => {
    const sentence = 'METRICS_TOKEN_FILE names a file that cannot be read: ENOENT.';
    expect(said({ METRICS_TOKEN_FILE: join(folder, 'nowhere') })).toBe(sentence);
    expect(said({ METRICS_TOKEN_FILE: folder })).toBe(sentence.replace('ENOENT', 'EISDIR'));
  });

  test('never shows what is secret when it is wrong', () => {
    expect(said({ DATABASE_URL_FILE: join(folder, 'wrong') })).toMatch(/^DATABASE_URL must begin/);
    for (const name of ['DATABASE_URL', 'STORAGE', 'SMTP_URL'])
      expect(said({ [name]: 'nonsense://root:topsecret@host/b' })).toMatch(new RegExp(`^${name} (?!.*topsecret)`));
  });
});
