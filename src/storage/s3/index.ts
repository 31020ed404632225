import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Setting } from '../../lib/store-settings.ts';
import { makeFolderNow } from '../durable.ts';
import { isKey } from '../key.ts';
import type { AddressWish, ByteRange, Storage } from '../storage.ts';
import { sweep } from '../sweep.ts';
import { createAsker, type Asker, type S3Clocks } from './ask.ts';
import { refusalOf, StoreFault, storeAway } from './faults.ts';
import { listUnder } from './list.ts';
import { probe } from './probe.ts';
import { goingOn } from './reading.ts';

export interface S3Settings {
  setting: S3Setting;
  /** Where files lie before they are sent, and while the imaging child reads them. */
  temporaryDir: string;
  clocks?: S3Clocks;
}

/** Bytes in a bucket. What `keep` has answered was hashed by the server and asked after once more. */
export function s3Storage({ setting, temporaryDir, clocks }: S3Settings): Storage {
  const temporary = resolve(temporaryDir);
  makeFolderNow(temporary);
  const asker = createAsker(setting, clocks);
  const newFile = () => join(temporary, randomUUID());
  const read = (key: string, range?: ByteRange) => told(() => goingOn(asker, checked(key), range));
  return {
    keep: (key, file) => told(() => send(asker, checked(key), file)),
    read,
    async local(key) {
      const stream = await read(key);
      return stream && fetched(stream, newFile());
    },
    size: (key) => told(() => sizeOf(asker, checked(key))),
    pathOf: async () => null,
    addressOf: (key, wish) => addressOf(asker, checked(key), wish),
    list: (beginning) => told(() => listUnder(asker, beginning)),
    remove: (key) => told(() => remove(asker, checked(key))),
    check: () => probe(setting, asker),
    folders: { reads: [temporary], writes: [temporary] },
    temporary: newFile,
    sweepTemporary: (olderThanMs) => sweep(temporary, Date.now() - olderThanMs),
    free: async () => Infinity,
  };
}

function checked(key: string): string {
  if (!isKey(key)) throw new Error(`not a storage key: ${JSON.stringify(key)}`);
  return key;
}

/** What the server refuses becomes what a person is told. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(error);
  }
}

async function send(asker: Asker, key: string, file: string): Promise<void> {
  const { sha256, bytes } = await hashed(file);
  const headers = { 'x-amz-content-sha256': sha256, 'content-length': String(bytes) };
  try {
    const body = () => createReadStream(file);
    const { body: answer } = await asker.ask({ method: 'PUT', key, headers, body });
    await answer.dump();
    // Some say that all went well and have kept less.
    if ((await sizeOf(asker, key)) !== bytes) throw storeAway(new Error('the store has not kept what it was sent'));
  } catch (error) {
    // Its answer may have been lost on the way; where it cannot be reached either, the sweep of what was expected removes it.
    await remove(asker, key, true).catch(() => {});
    throw error;
  }
  await rm(file, { force: true });
}

async function hashed(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

async function sizeOf(asker: Asker, key: string): Promise<number | null> {
  const answer = await asker.ask({ method: 'HEAD', key, expects: [200, 404] });
  await answer.body.dump();
  return answer.statusCode === 404 ? null : Number(answer.headers['content-length']);
}

async function remove(asker: Asker, key: string, once = false): Promise<void> {
  try {
    await (await asker.ask({ method: 'DELETE', key, expects: [200, 204], once })).body.dump();
  } catch (error) {
    if (!(error instanceof StoreFault && error.code === 'NoSuchKey')) throw error;
  }
}

async function fetched(stream: Readable, path: string) {
  const done = () => rm(path, { force: true });
  try {
    await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { path, done };
  } catch (error) {
    await done();
    throw error;
  }
}

/** Made of a whole span of time, so that whoever asks twice within it gets the same address and a browser its copy. */
const addressOf = (asker: Asker, key: string, { type, saveAs, spanMs }: AddressWish): Promise<string> =>
  asker.address(
    key,
    { 'response-content-type': type, ...(saveAs ? { 'response-content-disposition': saveAs } : {}) },
    new Date(Math.floor(Date.now() / spanMs) * spanMs),
    (2 * spanMs) / 1000,
  );
