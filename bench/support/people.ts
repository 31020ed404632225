import { Agent, request } from 'undici';
import { picture } from '../../test/support/pictures.ts';
import { openBrowser, signIn } from './members.ts';

/** Where somebody does things, and what they find there. */
export interface World {
  base: string;
  /** An address of a picture that nobody has saved yet. */
  freshAddress(): string;
  /** The next number, of a picture that nobody has. */
  next(): number;
}

/** How often each thing is done, of a hundred. */
const HABITS = { feed: 30, page: 22, search: 12, like: 12, comment: 8, upload: 8, address: 4, signIn: 4 };
export type Act = keyof typeof HABITS;
const ACTS = Object.entries(HABITS).flatMap(([act, share]) => Array.from({ length: share }, () => act as Act));

/** Connections of those who look; they end with `close`. */
export const openAgent = () => new Agent({ connections: 16 });

/** Somebody who uses the site by a token, one thing after the other. What is not answered as it should be throws. */
export function createPerson(world: World, token: string, agent: Agent, seed: number) {
  let state = seed;
  const chance = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  let known: number[] = [];

  async function ask(method: 'GET' | 'POST', path: string, expects: readonly number[], form?: Record<string, string>) {
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (form) headers['content-type'] = 'application/x-www-form-urlencoded';
    const body = form ? new URLSearchParams(form).toString() : null;
    const answer = await request(`${world.base}/api/v1${path}`, { method, headers, body, dispatcher: agent });
    const text = await answer.body.text();
    if (!expects.includes(answer.statusCode))
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    return JSON.parse(text || '{}') as { images?: { id: number }[]; image?: { id: number } };
  }
  const someImage = () => known[chance(known.length)];

  const acts: Record<Act, () => Promise<unknown>> = {
    async feed() {
      const { images = [] } = await ask('GET', '/images', [200]);
      known = images.map(({ id }) => id);
    },
    page: async () => known.length > 0 && ask('GET', `/images/${someImage()}`, [200, 301]),
    search: () => ask('GET', `/search?q=number+${chance(50)}`, [200]),
    like: async () => known.length > 0 && ask('POST', `/images/${someImage()}/like`, [200, 201], { action: 'like' }),
    comment: async () =>
      known.length > 0 && ask('POST', `/images/${someImage()}/comments`, [200, 201], { body: `Word ${chance(1000)}` }),
    async upload() {
      const n = world.next();
      const form = new FormData();
      form.set(
        'image',
        new File([new Uint8Array(await picture({ width: 900, height: 700, seed: n }))], 'a.jpg', {
          type: 'image/jpeg',
        }),
      );
      form.set('title', `Number ${n}`);
      form.set('duplicate', 'keep');
      const written = new Request('http://localhost', { method: 'POST', body: form });
      const headers = { authorization: `Bearer ${token}`, 'content-type': written.headers.get('content-type') ?? '' };
      const body = Buffer.from(await written.arrayBuffer());
      const answer = await request(`${world.base}/api/v1/images/create`, {
        method: 'POST',
        headers,
        body,
        dispatcher: agent,
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 201) throw new Error(`an upload answered ${answer.statusCode}: ${text.slice(0, 300)}`);
    },
    address: () =>
      ask('POST', '/images/create', [201], { url: world.freshAddress(), title: 'From elsewhere', duplicate: 'keep' }),
    signIn: async () => signIn(await openBrowser(world.base), seed),
  };
  return async (): Promise<Act> => {
    const act = ACTS[chance(ACTS.length)] ?? 'feed';
    await acts[act]();
    return act;
  };
}
