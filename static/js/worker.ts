/**
 * Stands between the site and its pages where there is no line: then the last feed that was seen is shown, or a page that says so.
 * It keeps that one page of one member, and gives it up with the first step of any sign-in or sign-out.
 */
interface Fetching extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(done: Promise<unknown>): void;
}

interface Worker {
  /** Said by the server in front of this text: what to show, under a name that changes with it. */
  readonly SHELL: { readonly name: string; readonly paths: readonly string[]; readonly notice: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate' | 'fetch', told: (event: Fetching) => void): void;
}

const worker = self as unknown as Worker;
const SEEN = 'seen';
const FEED = '/images';
const OFFLINE = '/offline';

/** The ways in and out, by which this browser may come to belong to somebody else. */
const isThreshold = (path: string): boolean =>
  /^\/account\/(login|logout|register|return|delete|confirm|password\/reset)/.test(path);

/** Nothing was answered the last time: files of the site come from here where they are asked for in vain. */
let isAway = false;

async function setUp(): Promise<void> {
  const shell = await caches.open(worker.SHELL.name);
  // As every visitor gets them: nothing of whoever is signed in.
  await shell.addAll(worker.SHELL.paths.map((path) => new Request(path, { credentials: 'omit' })));
  await worker.skipWaiting();
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== SEEN && name !== worker.SHELL.name);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

const isFeed = ({ url }: Request): boolean => new URL(url).pathname === FEED && new URL(url).search === '';

async function keepFeed(answer: Response): Promise<void> {
  // Led elsewhere, the session is over: what was kept was that session's.
  if (!answer.ok || answer.redirected) return void (await caches.delete(SEEN));
  await (await caches.open(SEEN)).put(FEED, answer);
}

/** The feed as it was, with a word above it that says so. */
async function lastFeed(): Promise<Response | undefined> {
  const kept = await caches.match(FEED, { cacheName: SEEN });
  if (!kept) return undefined;
  const html = await kept.text();
  const { notice } = worker.SHELL;
  return new Response(
    html.replace(/<div class="flashes"[^>]*>/, (region) => region + notice),
    { headers: kept.headers },
  );
}

async function navigate(event: Fetching): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    isAway = false;
    if (isFeed(event.request)) event.waitUntil(keepFeed(answer.clone()));
    return answer;
  } catch (error) {
    isAway = true;
    const shown = (isFeed(event.request) ? await lastFeed() : undefined) ?? (await caches.match(OFFLINE));
    if (shown) return shown;
    throw error;
  }
}

async function networkFirst(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { cacheName: worker.SHELL.name });
    if (kept) return kept;
    throw error;
  }
}

worker.addEventListener('install', (event) => event.waitUntil(setUp()));
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (isThreshold(pathname)) event.waitUntil(caches.delete(SEEN));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(navigate(event));
  else if (isAway && pathname.startsWith('/static/')) event.respondWith(networkFirst(request));
});
