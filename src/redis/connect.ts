import { isIP } from 'node:net';
import { Redis } from 'ioredis';
import { onceAMinute, type Log } from '../lib/log.ts';
import type { RedisSetting } from '../lib/redis-settings.ts';

/** A configured Redis server, and whether it answers just now. */
export interface Link {
  setting: RedisSetting;
  client: Redis;
  isReady(): boolean;
  close(): void;
}

/**
 * How a link waits. `prompt`: somebody waits for each answer, so that what does not come at once is refused at once, and all after it
 * until the server answers again. `patient`: nobody waits, and what was asked is asked again when it is back.
 */
type Patience = 'prompt' | 'patient';

/** A server that takes longer than this for an answer that somebody waits for is as good as none. */
const PROMPT_MS = 400;
/** Longer than anybody listens at once for what comes. */
const PATIENT_MS = 10_000;
const LONGEST_PAUSE_MS = 2000;

const PATIENCE = {
  prompt: {
    commandTimeout: PROMPT_MS,
    // A connection on which an answer is overdue is given up: what comes after it does not have to wait as well.
    socketTimeout: PROMPT_MS,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  },
  patient: { socketTimeout: PATIENT_MS, maxRetriesPerRequest: null },
} satisfies Record<Patience, object>;

/** What every connection to a server has. */
export const optionsOf = ({ host, port, tls, user, password, database }: RedisSetting) => ({
  host,
  port,
  db: database,
  ...(user === null ? {} : { username: user }),
  ...(password === null ? {} : { password }),
  ...(tls ? { tls: isIP(host) ? {} : { servername: host } } : {}),
  // Every server speaks it, and nothing of the newer protocol is used.
  protocol: 2 as const,
  connectTimeout: 2000,
  keepAlive: 10_000,
});

/** Begins to connect, and goes on trying until it is closed. Says so in the log when the server goes away and comes back. */
export function openLink(setting: RedisSetting, patience: Patience, log: Log, meanwhile: string): Link {
  const client = new Redis({
    ...optionsOf(setting),
    ...PATIENCE[patience],
    retryStrategy: (times: number) =>
      Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(times, 10)) * (0.75 + Math.random() / 2),
  });
  let closed = false;
  tellChanges(client, log, { setting: setting.setting, server: setting.name }, meanwhile, () => closed);
  return {
    setting,
    client,
    isReady: () => client.status === 'ready',
    close() {
      closed = true;
      client.disconnect();
    },
  };
}

function tellChanges(client: Redis, log: Log, facts: object, meanwhile: string, closed: () => boolean) {
  let reason: unknown = null;
  let told = false;
  const tell = onceAMinute(() => {
    told = true;
    log.warn({ ...facts, reason }, `Redis does not answer; ${meanwhile}`);
  });
  client.on('error', (error: NodeJS.ErrnoException) => (reason = error.code ?? error.message));
  client.on('close', () => void (closed() || tell()));
  client.on('ready', () => {
    if (told) log.info(facts, 'Redis answers again');
    [told, reason] = [false, null];
  });
}
