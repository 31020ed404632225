import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { createHashing, makeToken, register } from '../../src/accounts/index.ts';
import { migrate, openDb, query } from '../../src/db/index.ts';
import { randomToken } from '../../src/lib/secret.ts';

/** The database of a site that was given no other. */
export const ownDatabase = (dataDir: string): string => `sqlite:${join(dataDir, 'bowerbird.sqlite')}`;

/** Registers so many members, and answers an access token of each: nobody saves a picture twice. */
export async function registerUploaders(dataDir: string, count: number, url = ownDatabase(dataDir)): Promise<string[]> {
  const db = openDb({ url });
  const password = randomToken();
  const hashing = createHashing();
  try {
    await migrate(db);
    const tokens: string[] = [];
    for (let n = 0; n < count; n++) {
      const username = `uploader${n}`;
      const form = { username, email: `${username}@example.org`, password, password2: password };
      const from = { accountId: await register(db, hashing, form), address: '127.0.0.1', site: 'https://localhost' };
      tokens.push(await makeToken(db, 'member', from, { name: 'bench', scope: 'write' }));
    }
    return tokens;
  } finally {
    await db.destroy();
  }
}

interface Encoded {
  body: Buffer;
  type: string;
}

/** A form with the file in it, as a browser writes one. */
async function encode(file: string): Promise<Encoded> {
  const form = new FormData();
  form.set('image', new File([await readFile(file)], basename(file), { type: 'image/jpeg' }));
  form.set('title', basename(file));
  const written = new Request('http://localhost', { method: 'POST', body: form });
  return { body: Buffer.from(await written.arrayBuffer()), type: written.headers.get('content-type') ?? '' };
}

// Those who send are on other machines: what they do before is none of the site's time.
const encoded = new Map<string, Encoded>();

async function formOf(file: string): Promise<Encoded> {
  const form = encoded.get(file) ?? (await encode(file));
  encoded.set(file, form);
  return form;
}

/** Sends a file as a form does. Answers the milliseconds until the site had answered. */
async function upload(base: string, token: string, file: string): Promise<number> {
  const { body, type } = await formOf(file);
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const began = performance.now();
  const answer = await request(`${base}/api/v1/images/create`, { method: 'POST', headers, body });
  const text = await answer.body.text();
  if (answer.statusCode !== 201) throw new Error(`${file} answered ${answer.statusCode}: ${text}`);
  return performance.now() - began;
}

/** Uploads all files, so many at once; answers the milliseconds of each. */
export async function uploadAll(base: string, token: string, files: readonly string[], atOnce: number) {
  const left = [...files];
  const answered: number[] = [];
  const work = async () => {
    for (let file = left.shift(); file; file = left.shift()) answered.push(await upload(base, token, file));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answered;
}

const unfinished = query<{ n: number }>(`SELECT count(*) AS n FROM images WHERE state <> 'ready'`);
const published = query<{ bytes: number; images: number }>(
  `SELECT sum(bytes) AS bytes, count(DISTINCT image_id) AS images FROM files WHERE tier <> 'original'`,
);

/** Looks into a site's database from outside. */
export function openWitness(dataDir: string, url = ownDatabase(dataDir)) {
  const db = openDb({ url });
  return {
    /** Resolves when every tier of every image is there. */
    async finished() {
      while (Number((await unfinished.all(db, []))[0]?.n) > 0) await pause(5);
    },
    /** Bytes of the tiers of a picture. One file for two tiers counts once. */
    async publishedBytes() {
      const [row] = await published.all(db, []);
      return Number(row?.bytes) / Number(row?.images);
    },
    close: () => db.destroy(),
  };
}
