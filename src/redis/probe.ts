import { Redis } from 'ioredis';
import type { RedisSetting } from '../lib/redis-settings.ts';
import { WrongSetting } from '../lib/settings.ts';
import { words, type WordKey } from '../lib/words/index.ts';
import { optionsOf } from './connect.ts';

const PATIENCE_MS = 5000;
const PROBE = 'bowerbird:probe';
/** As all that the site asks of it runs: a script that writes, and what is written goes by itself. */
const SCRIPT = `return redis.call('SET', KEYS[1], ARGV[1], 'PX', 1000)`;

/**
 * Connects, and writes as the site will.
 * @throws WrongSetting that says what was tried, what came back, and what to look at
 */
export async function probe(setting: RedisSetting): Promise<void> {
  const client = new Redis({
    ...optionsOf(setting),
    lazyConnect: true,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
  });
  // The first that went wrong says why; what follows is that the connection is closed.
  let first: Error | null = null;
  client.on('error', (error: Error) => (first ??= error));
  try {
    await client.connect();
    await client.eval(SCRIPT, 1, PROBE, 'bowerbird');
    if (first) throw first as Error;
  } catch (error) {
    throw new WrongSetting('redis.probe', {
      setting: setting.setting,
      name: setting.name,
      answer: answerOf(first ?? error, setting.tls),
    });
  } finally {
    client.disconnect();
  }
}

const SILENT = /TIMEOUT|ETIMEDOUT|timed out/;
/** What to look at, by what the server said or by what broke on the way. */
const ANSWERS: readonly (readonly [RegExp, WordKey])[] = [
  [/^(WRONGPASS|NOAUTH|ERR invalid password)|without any password configured/, 'redis.answer_password'],
  [/^NOPERM/, 'redis.answer_denied'],
  [/^ERR (DB index|SELECT is not allowed)/, 'redis.answer_database'],
  [/^READONLY/, 'redis.answer_replica'],
  [/^(MOVED|ASK|CLUSTERDOWN|ERR .*cluster)/, 'redis.answer_cluster'],
  [/^(OOM|MISCONF|LOADING)/, 'redis.answer_unable'],
  [/^Protocol error|^Unknown RESP/, 'redis.answer_other'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'storage.way_name'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, 'storage.way_refused'],
  [SILENT, 'storage.way_silent'],
  [/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH|ECONNRESET|EPIPE|^Connection is closed/, 'redis.answer_closed'],
  [/CERT|UNABLE_TO|SELF_SIGNED/, 'storage.way_certificate'],
];

function answerOf(error: unknown, tls: boolean): string {
  const { code: given, message = '' } = error as NodeJS.ErrnoException;
  const code = given ?? message.split('\n')[0] ?? '';
  if (tls && SILENT.test(code)) return words('redis.answer_silent', { code });
  return words(ANSWERS.find(([pattern]) => pattern.test(code))?.[1] ?? 'storage.way', { code });
}
