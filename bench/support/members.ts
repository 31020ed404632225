import { join } from 'node:path';
import { request } from 'undici';
import { createHashing, register } from '../../src/accounts/index.ts';
import { openDb } from '../../src/db/index.ts';

export const PASSWORD = 'a heap of blue things';
const PEOPLE = 20;

const nameOf = (n: number) => `member${n % PEOPLE}`;

/** Registers those who will sign in. Answers the hash that the table holds of their password. */
export async function registerMembers(dataDir: string): Promise<string> {
  const db = openDb({ url: `sqlite:${join(dataDir, 'bowerbird.sqlite')}` });
  const hashing = createHashing();
  try {
    for (let n = 0; n < PEOPLE; n++) {
      const username = nameOf(n);
      await register(db, hashing, {
        username,
        email: `${username}@example.org`,
        password: PASSWORD,
        password2: PASSWORD,
      });
    }
    const row = await db('accounts')
      .where({ username: nameOf(0) })
      .first('password_hash');
    return String(row.password_hash);
  } finally {
    await db.destroy();
  }
}

/** A browser at the page to sign in: its cookie, and the token of the form. */
export interface Browser {
  base: string;
  cookie: string;
  token: string;
}

export async function openBrowser(base: string): Promise<Browser> {
  const { headers, body } = await request(`${base}/account/login`, { headers: { accept: 'text/html' } });
  const cookies = [headers['set-cookie'] ?? []].flat().map((line) => line.split(';')[0] ?? '');
  const [, token = ''] = /name="csrf-token" content="([^"]+)"/.exec(await body.text()) ?? [];
  return { base, cookie: cookies.join('; '), token };
}

/** Signs one of the members in, and throws where that fails. They take turns: one name's tries wait for one another. */
export async function signIn({ base, cookie, token }: Browser, n: number): Promise<void> {
  const { statusCode, headers, body } = await request(`${base}/account/login`, {
    method: 'POST',
    headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', cookie },
    body: new URLSearchParams({ _csrf: token, login: nameOf(n), password: PASSWORD }).toString(),
  });
  await body.dump();
  if (statusCode !== 303 || headers['location'] !== '/account')
    throw new Error(`signing in answered ${statusCode} ${String(headers['location'])}`);
}
