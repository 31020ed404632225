import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';

/** Between two looks at the feed: somebody turns pages, and does not press the site. */
const LOOKS_MS = 10;

/** Milliseconds of each look at a member's feed, for so many seconds. */
export async function lookAtFeed(base: string, cookie: string, seconds: number): Promise<number[]> {
  const looks: number[] = [];
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const began = performance.now();
    const { statusCode, body } = await request(`${base}/images`, { headers: { accept: 'text/html', cookie } });
    await body.text();
    if (statusCode !== 200) throw new Error(`the feed answers ${statusCode}`);
    looks.push(performance.now() - began);
    await pause(LOOKS_MS);
  }
  return looks;
}
