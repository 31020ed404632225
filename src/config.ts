import { cpus } from 'node:os';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { readMail, type MailSetting } from './lib/mail-settings.ts';
import { readProviders, type ProviderSetting } from './lib/oidc-settings.ts';
import { readRedis, type RedisSetting } from './lib/redis-settings.ts';
import { Settings, WrongSetting, type Environment } from './lib/settings.ts';
import { readStores, type StoreSetting } from './lib/store-settings.ts';

export type TlsSetting = { mode: 'auto' } | { mode: 'off' } | { mode: 'files'; cert: string; key: string };

export interface Config {
  port: number;
  host: string;
  /** Origin that people type, without a slash at the end. Every absolute link is made from it. */
  baseUrl: string;
  certsDir: string;
  tls: TlsSetting;
  trustProxy: number;
  dataDir: string;
  /** Newest first; empty: kept in DATA_DIR and made on first start. */
  secrets: string[];
  databaseUrl: string;
  /** Wakes the workers of other processes; without it they look by themselves. */
  queue: RedisSetting | null;
  /** What processes share that may be lost: limits' counts and hot pages. */
  cache: RedisSetting | null;
  /** Where the bytes are kept; several of them share the keys. */
  stores: StoreSetting[];
  /** Who sends images: this process; the proxy in front, told where they lie; or the store, by an address signed for a while. */
  media: 'proxy' | 'accel' | 'sendfile' | 'redirect';
  role: 'all' | 'web' | 'worker';
  /** Processes that answer. */
  processes: number;
  /** Imaging processes. */
  workers: number;
  registration: 'open' | 'invite' | 'closed';
  /** Whether an account begins with a link in a mail. */
  confirmEmail: boolean;
  mail: MailSetting;
  /** Accounts elsewhere that people can sign in with. */
  providers: ProviderSetting[];
  openGallery: boolean;
  /** Whether members need a second factor. */
  require2fa: boolean;
  limits: boolean;
  sessionIdleMs: number;
  sessionMs: number;
  trashMs: number;
  quotaBytes: number | null;
  maxUploadBytes: number;
  maxPixels: number;
  maxFrames: number;
  /** What opaque stills are published as. */
  tierFormat: 'jpeg' | 'webp';
  /** What becomes of pictures whose pages ask not to be collected. */
  nopin: 'private' | 'ask';
  minWidth: number;
  minHeight: number;
  /** As written; src/net reads them. */
  fetchAllow: string;
  fetchDeny: string;
  fetchTimeoutMs: number;
  dnsServers: string[];
  /** Whether somebody works on the site: then it shows what it is made of. */
  development: boolean;
  metricsToken: string | null;
  logLevel: string;
}

const DAY = 24 * 60 * 60 * 1000;
const MB = 1024 * 1024;

/** Reads and checks every setting of design.md §7; throws a WrongSetting with the first sentence that is to be said. */
export function readConfig(env: Environment): Config {
  const settings = new Settings(env);
  const dataDir = resolve(settings.text('DATA_DIR') ?? 'data');
  const address = readAddress(settings);
  const mail = readMail(settings, address.baseUrl);
  return {
    ...address,
    mail,
    providers: readProviders(settings),
    confirmEmail: settings.choice('CONFIRM_EMAIL', ['yes', 'no'], mail.smtp ? 'yes' : 'no') === 'yes',
    ...readPlaces(settings, dataDir),
    ...readPeople(settings),
    ...readImages(settings),
    ...readFetching(settings),
    development: settings.text('NODE_ENV') === 'development',
  };
}

function readAddress(settings: Settings) {
  const port = settings.whole('PORT', 9000, { min: 0, max: 65_535 });
  const tls = readTls(settings);
  return {
    port,
    host: readHost(settings),
    baseUrl: readBaseUrl(settings, port, tls),
    tls,
    certsDir: resolve(settings.text('CERTS_DIR') ?? 'certs'),
    trustProxy: settings.whole('TRUST_PROXY', 0, { max: 10 }),
  };
}

/** `localhost`, another name of this machine, or one of its addresses: v6 bare or in brackets. */
function readHost(settings: Settings): string {
  const value = settings.text('HOST') ?? 'localhost';
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) || /^(?=.*[a-z])[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/i.test(value)) return value;
  throw new WrongSetting('setting.host', { value });
}

function readTls(settings: Settings): TlsSetting {
  const value = settings.text('TLS') ?? 'auto';
  if (value === 'auto' || value === 'off') return { mode: value };
  const [cert, key, ...more] = settings.list('TLS');
  if (!cert || !key || more.length > 0) throw new WrongSetting('setting.tls', {});
  return { mode: 'files', cert: resolve(cert), key: resolve(key) };
}

function readBaseUrl(settings: Settings, port: number, tls: TlsSetting): string {
  const example = 'https://images.example.org';
  const value = settings.text('BASE_URL');
  if (value === undefined) return `https://localhost:${port}`;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !url.hostname) throw new WrongSetting('setting.address', { name: 'BASE_URL', example, value });
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && tls.mode === 'off'))
    throw new WrongSetting('setting.https', { name: 'BASE_URL' });
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new WrongSetting('setting.bare_address', { name: 'BASE_URL', example });
  return url.origin;
}

function readPlaces(settings: Settings, dataDir: string) {
  const database = settings.text('DATABASE_URL');
  if (database && !/^postgres(ql)?:\/\//.test(database)) throw new WrongSetting('setting.database', {});
  return {
    dataDir,
    databaseUrl: database ?? `sqlite:${join(dataDir, 'bowerbird.sqlite')}`,
    queue: readRedis(settings, 'QUEUE_URL'),
    cache: readRedis(settings, 'CACHE_URL'),
    stores: readStores(settings, dataDir),
    secrets: settings.list('SECRET'),
    media: settings.choice('MEDIA', ['proxy', 'accel', 'sendfile', 'redirect'], 'proxy'),
    role: settings.choice('ROLE', ['all', 'web', 'worker'], 'all'),
    processes: settings.whole('PROCESSES', 1, { min: 1, max: 64 }),
    workers: settings.whole('WORKERS', Math.min(4, cpus().length), { min: 1, max: 64 }),
    metricsToken: settings.text('METRICS_TOKEN') ?? null,
    logLevel: settings.choice('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  };
}

function readPeople(settings: Settings) {
  const quota = settings.whole('QUOTA_MB', 0);
  return {
    registration: settings.choice('REGISTRATION', ['open', 'invite', 'closed'], 'open'),
    require2fa: settings.choice('REQUIRE_2FA', ['yes', 'no'], 'no') === 'yes',
    openGallery: settings.choice('OPEN_GALLERY', ['yes', 'no'], 'no') === 'yes',
    limits: settings.choice('LIMITS', ['on', 'off'], 'on') === 'on',
    sessionIdleMs: settings.whole('SESSION_IDLE_DAYS', 14, { min: 1, max: 3650 }) * DAY,
    sessionMs: settings.whole('SESSION_DAYS', 90, { min: 1, max: 3650 }) * DAY,
    trashMs: settings.whole('TRASH_DAYS', 30, { max: 3650 }) * DAY,
    quotaBytes: quota > 0 ? quota * MB : null,
  };
}

function readImages(settings: Settings) {
  const size = settings.text('MIN_RESOLUTION') ?? '124x124';
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(size) ?? [];
  if (!width || !height) throw new WrongSetting('setting.size', { name: 'MIN_RESOLUTION', value: size });
  return {
    maxUploadBytes: settings.whole('MAX_UPLOAD_MB', 25, { min: 1, max: 1000 }) * MB,
    maxPixels: settings.whole('MAX_PIXELS', 100_000_000, { min: 10_000, max: 1_000_000_000 }),
    maxFrames: settings.whole('MAX_FRAMES', 500, { min: 1, max: 100_000 }),
    tierFormat: settings.choice('TIER_FORMAT', ['jpeg', 'webp'], 'jpeg'),
    nopin: settings.choice('NOPIN', ['private', 'ask'], 'private'),
    minWidth: Number(width),
    minHeight: Number(height),
  };
}

function readFetching(settings: Settings) {
  const dnsServers = settings.list('DNS_SERVERS');
  for (const server of dnsServers)
    if (!isServer(server)) throw new WrongSetting('setting.servers', { name: 'DNS_SERVERS', value: server });
  return {
    fetchAllow: settings.text('FETCH_ALLOW') ?? '',
    fetchDeny: settings.text('FETCH_DENY') ?? '',
    fetchTimeoutMs: readSeconds(settings, 'FETCH_TIMEOUT', 15) * 1000,
    dnsServers,
  };
}

/** `192.0.2.1`, `192.0.2.1:53`, `2001:db8::1` or `[2001:db8::1]:53`. */
function isServer(text: string): boolean {
  const [, v6, v4, port = '53'] = /^(?:\[([^\]]*)\]|([\d.]*))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const known = isIP(text) === 6 || (v6 ? isIP(v6) === 6 : isIP(v4 ?? '') === 4);
  return known && Number(port) >= 1 && Number(port) <= 65_535;
}

/** `15` or `15s` or `15 s`, in seconds. */
function readSeconds(settings: Settings, name: string, fallback: number): number {
  const value = settings.text(name);
  if (value === undefined) return fallback;
  const number = Number(/^(\d{1,4})\s?s?$/.exec(value)?.[1] ?? NaN);
  if (number >= 1 && number <= 600) return number;
  throw new WrongSetting('setting.number', { name, min: 1, max: 600, value });
}
