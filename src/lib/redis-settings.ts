import { WrongSetting, type Settings } from './settings.ts';

/** A Redis server as QUEUE_URL or CACHE_URL names it. */
export interface RedisSetting {
  setting: 'QUEUE_URL' | 'CACHE_URL';
  /** What it is called wherever it is spoken of: never holds a secret. */
  name: string;
  host: string;
  port: number;
  /** TLS from the first byte (rediss://). */
  tls: boolean;
  user: string | null;
  password: string | null;
  /** The number of its database. */
  database: number;
}

const PORT = 6379;

/** `redis://[user:password@]host[:port][/database]`, percent-encoded; null where the setting is left out. What is wrong is said without the secret in it. */
export function readRedis(settings: Settings, setting: RedisSetting['setting']): RedisSetting | null {
  const value = settings.text(setting);
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  const path = /^(?:\/(\d{1,4})?)?$/.exec(url?.pathname ?? '-');
  const known = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (!url || !path || !known || !url.hostname || url.search || url.hash) throw wrong(setting);
  const [host, port, database] = [url.hostname, Number(url.port) || PORT, Number(path[1] ?? 0)];
  return {
    setting,
    name: `${url.protocol}//${host}:${port}/${database}`,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    tls: url.protocol === 'rediss:',
    user: url.username ? decoded(url.username, setting) : null,
    password: url.password ? decoded(url.password, setting) : null,
    database,
  };
}

const wrong = (name: string) => new WrongSetting('setting.redis', { name });

function decoded(text: string, setting: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong(setting);
  }
}
