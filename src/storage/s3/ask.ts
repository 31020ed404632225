import { setTimeout as pause } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { Agent, request, type Dispatcher } from 'undici';
import type { S3Setting } from '../../lib/store-settings.ts';
import { passes, StoreFault, storeAway } from './faults.ts';

/** How long a server may take: to be connected with, for its answer, and between two pieces of bytes in either direction. */
export interface S3Clocks {
  connectMs: number;
  answerMs: number;
  /** Waits before another try; as many tries more. */
  waitsMs: readonly number[];
}

export const S3_CLOCKS: S3Clocks = { connectMs: 5000, answerMs: 12_000, waitsMs: [200, 1000] };

export type Answer = Dispatcher.ResponseData;

export interface Asking {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Makes the body, anew for each try, so that every try sends the same bytes. */
  body?: () => NodeJS.ReadableStream;
  /** Answers that are none of a fault. */
  expects?: readonly number[];
  /** Asks once: whoever does so has something better to do than to wait. */
  once?: boolean;
}

export interface Asker {
  /** @throws StoreFault for what the server refuses, a Refusal (503) where it is away or does not answer in time */
  ask(asking: Asking): Promise<Answer>;
  /** An address that leads to an object without our keys, as of `at` (a whole second), for so many seconds. */
  address(key: string, query: Record<string, string>, at: Date, seconds: number): Promise<string>;
}

/** The SHA-256 of no bytes. */
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Speaks to one bucket. Nothing is followed elsewhere: the address of the setting is the only one that is dialled. */
export function createAsker({ bucket, accessKey, secretKey, region }: S3Setting, clocks = S3_CLOCKS): Asker {
  const { connectMs, answerMs, waitsMs } = clocks;
  const agent = new Agent({
    connect: { timeout: connectMs },
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    connections: CONNECTIONS,
  });
  const keys = { accessKeyId: accessKey, secretAccessKey: secretKey, region, service: 's3', cache: new Map() };
  const urlOf = (key: string, query: Record<string, string>) =>
    `${bucket}/${key}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query).toString()}` : ''}`;

  const send = async ({ method, key = '', query = {}, headers = {}, body }: Asking): Promise<Answer> => {
    const hashed = { 'x-amz-content-sha256': EMPTY, ...headers };
    const signed = await new AwsV4Signer({ ...keys, method, url: urlOf(key, query), headers: hashed }).sign();
    const options = { dispatcher: agent, method, headers: Object.fromEntries(signed.headers) };
    return request(signed.url, body ? { ...options, body: body() as never } : options);
  };
  const once = async (asking: Asking): Promise<Answer> => {
    const answer = await send(asking);
    if ((asking.expects ?? [200]).includes(answer.statusCode)) return answer;
    throw await StoreFault.of(answer);
  };
  return {
    async ask(asking) {
      for (let n = 0; ; n++)
        try {
          return await once(asking);
        } catch (error) {
          const wait = asking.once ? undefined : waitsMs[n];
          if (!passes(error)) throw error;
          if (wait === undefined) throw storeAway(error);
          // Not all at the same moment.
          await pause(wait * (0.5 + Math.random()));
        }
    },
    async address(key, query, at, seconds) {
      const url = urlOf(key, { ...query, 'X-Amz-Expires': String(seconds) });
      const datetime = at.toISOString().replace(/[:-]|\.\d{3}/g, '');
      return (await new AwsV4Signer({ ...keys, method: 'GET', url, datetime, signQuery: true }).sign()).url.href;
    },
  };
}

/** More at once than anybody waits for; above it they queue. */
const CONNECTIONS = 64;
