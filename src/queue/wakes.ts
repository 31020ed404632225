import { Queue, Worker as Listener } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Counts } from '../lib/counts.ts';
import { onceAMinute, type Log } from '../lib/log.ts';
import type { Link } from '../redis/index.ts';
import type { Worker } from './worker.ts';

/**
 * Wakes the workers of other processes, each wake one of them, through Redis. A wake says nothing but that there is work: the job is a
 * row in the database, which the woken worker claims there. So a wake that is lost costs what it would cost without Redis: the
 * wait until a worker looks by itself.
 */
export interface Wakes {
  /** Call it after the commit that made a job. Nobody waits for it, and it never fails. */
  send(): void;
  /** Lets a worker of this process be woken while it has room, until the signal aborts. */
  listen(worker: Sleeper, until: AbortSignal): void;
  /** To be called after every signal. */
  close(): Promise<void>;
}

/** What of a worker can be woken. */
export type Sleeper = Pick<Worker, 'wake' | 'isFull' | 'room'>;

const NAME = 'wakes';
/** Keys in Redis begin so. */
const PREFIX = 'bowerbird';
/** How many wakes may wait at once: a worker that is woken goes on until nothing is due. */
const MOST = 16;
/** In seconds and milliseconds: how long it listens at once, until a wake counts as lost with its worker, and before the next try after a fault. */
const CLOCKS = { drainDelay: 1, lockDuration: 10_000, stalledInterval: 10_000, runRetryDelay: 1000 };

export function createWakes({ client }: Link, counts: Counts, log: Log): Wakes {
  const about = { connection: client, prefix: PREFIX, skipVersionCheck: true };
  const queue = new Queue(NAME, { ...about, streams: { events: { maxLen: 10 } } });
  const fault = onceAMinute((err: unknown) =>
    log.warn({ err }, 'a wake of the queue went wrong; workers look by themselves'),
  );
  queue.on('error', () => {}); // told by the link
  const copies = copiesOf(client);
  const stopping: Promise<void>[] = [];
  let wanted = 0;
  let sending = false;
  let closing = false;
  let turn = Math.floor(Math.random() * MOST);

  /** Under one of so many names: one that waits under it already is enough, one that is just being taken is not. */
  const nextWake = () => ({
    name: 'wake',
    data: {},
    opts: {
      deduplication: { id: `wake${(turn = (turn + 1) % MOST)}`, keepLastIfActive: true },
      removeOnComplete: true,
      removeOnFail: true,
    },
  });

  /** One question at a time: while Redis is slow or away, what is wanted is counted and asked for together. */
  async function sendAll() {
    sending = true;
    while (wanted > 0) {
      const many = Math.min(wanted, MOST);
      wanted = 0;
      try {
        await queue.addBulk(Array.from({ length: many }, nextWake));
        counts.add('sent', many);
      } catch (error) {
        counts.add('failed', many);
        if (!closing) fault(error);
      }
    }
    sending = false;
  }

  function send() {
    wanted++;
    if (!sending) void sendAll();
  }

  function listen(worker: Sleeper, until: AbortSignal) {
    const take = async () => {
      counts.add('received');
      if (worker.isFull()) void rest();
      worker.wake();
    };
    const listener = new Listener(NAME, take, { ...about, ...CLOCKS, concurrency: 1 });
    /** Others may have room: they get the wake, and this one takes no more until it has. */
    const rest = async () => {
      send();
      await listener.pause(true);
      await worker.room();
      if (!until.aborted) await listener.resume();
    };
    // Of a server that was emptied meanwhile, or that goes away: the worker looks by itself.
    listener.on('error', (err) => log.debug({ err }, 'waiting for wakes'));
    until.addEventListener('abort', () => void stopping.push(listener.close(true)), { once: true });
  }

  async function close() {
    closing = true;
    await Promise.all(stopping);
    await queue.close();
    for (const copy of copies) copy.disconnect();
  }

  return { send, listen, close };
}

/** BullMQ listens on copies of the connection that it is given, and may leave one open that was just trying to connect. */
function copiesOf(client: Redis): Redis[] {
  const copies: Redis[] = [];
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (options) => {
    const copy = duplicate(options);
    copies.push(copy);
    return copy;
  };
  return copies;
}
