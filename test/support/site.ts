import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import request from 'supertest';
import { readConfig } from '../../src/config.ts';
import type { Dialect } from '../../src/db/index.ts';
import { silentLog, type Log } from '../../src/lib/log.ts';
import { startSite, type RunningSite, type StartOptions } from '../../src/start.ts';
import { freshDatabase } from './databases.ts';
import { CHEAP } from './hashing.ts';
import { picture, type Picture } from './pictures.ts';

export const BASE = 'https://localhost:9000';
const PASSWORD = 'a heap of blue things';

export interface TestSite extends RunningSite {
  server: Server;
  dataDir: string;
  /** A new visitor with no cookies. */
  visitor(): Visitor;
  /** A new member, registered and signed in. The first of a site is its administrator. */
  member(name?: string): Promise<Member>;
  end(): Promise<void>;
}

type Environment = Record<string, string>;

/** A whole site in this process, with a fresh database, on a plain loopback port behind which BASE_URL is https. */
export async function startTestSite(
  env: Environment = {},
  dialect: Dialect = 'sqlite',
  log: Log = silentLog,
  options: StartOptions = {},
): Promise<TestSite> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bowerbird-site-'));
  const database = await freshDatabase(dialect);
  const defaults = {
    DATA_DIR: dataDir,
    TLS: 'off',
    BASE_URL: BASE,
    LIMITS: 'off',
    WORKERS: '1',
    SECRET: 'test-secret',
  };
  const config = { ...readConfig({ ...defaults, ...env }), databaseUrl: database.url };
  const running = await startSite(config, log, { fetching: { floorMs: 0 }, hashing: CHEAP, ...options });
  const server = createServer(running.handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let members = 0;
  const site: TestSite = {
    ...running,
    server,
    dataDir,
    visitor: () => new Visitor(server),
    member: (name = `member${++members}`) => becomeMember(new Visitor(server), name),
    async end() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await running.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return site;
}

/** Registers a visitor, who is signed in from then on. */
export async function becomeMember(visitor: Visitor, name: string): Promise<Member> {
  const form = { username: name, email: `${name}@example.org`, password: PASSWORD, password2: PASSWORD };
  const answer = await visitor.post('/account/register', form, { json: true });
  if (answer.status !== 201) throw new Error(`registering ${name} answered ${answer.status} ${answer.text}`);
  return Object.assign(visitor, { username: name, password: PASSWORD });
}

export type Member = Visitor & { username: string; password: string };

interface Asking {
  json?: boolean;
  headers?: Record<string, string>;
  /** Sends no token, or another one. */
  token?: string | null;
  /** How the form is written; urlencoded when left out. */
  as?: 'form' | 'json';
  file?: { bytes: Buffer; name?: string; type?: string; field?: string };
}

/** Somebody with a browser: keeps cookies, and sends the token of the page that they last saw. */
export class Visitor {
  readonly #server: Server | string;
  readonly cookies = new Map<string, string>();

  /** A server in this process, or the address of one in another. */
  constructor(server: Server | string) {
    this.#server = server;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(answer: request.Response): request.Response {
    const set = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    for (const line of set) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value && !/expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    return answer;
  }

  #ask(test: request.Test, { json, headers = {} }: Asking): request.Test {
    test
      .redirects(0)
      .set('Accept', json ? 'application/json' : 'text/html')
      .set(headers);
    return this.cookies.size > 0 ? test.set('Cookie', this.cookie) : test;
  }

  async get(path: string, asking: Asking = {}): Promise<request.Response> {
    return this.#keep(await this.#ask(request(this.#server).get(path), asking));
  }

  /** A page as a person sees it. */
  async see(path: string) {
    const answer = await this.get(path);
    return { status: answer.status, answer, $: load(answer.text ?? '') };
  }

  async token(): Promise<string> {
    const { text } = await this.get('/account/login');
    const page = text ? text : (await this.get('/account')).text;
    return load(page)('meta[name=csrf-token]').attr('content') ?? '';
  }

  /** Sends a form as a browser does, or as JSON's reader does; with a file it is multipart. */
  async post(path: string, form: Record<string, unknown> = {}, asking: Asking = {}): Promise<request.Response> {
    const token = asking.token === undefined ? await this.token() : asking.token;
    const test = this.#ask(request(this.#server).post(path), asking);
    const fields = { ...(token === null ? {} : { _csrf: token }), ...form };
    if (!asking.file) return this.#keep(await test.type(asking.as ?? 'form').send(fields));
    for (const [name, value] of Object.entries(fields)) test.field(name, String(value));
    const { bytes, name = 'picture.jpg', type = 'image/jpeg', field = 'image' } = asking.file;
    return this.#keep(await test.attach(field, bytes, { filename: name, contentType: type }));
  }

  /** The page that a form answers with. */
  async posted(path: string, form: Record<string, unknown> = {}, asking: Asking = {}) {
    const answer = await this.post(path, form, asking);
    return { status: answer.status, answer, $: load(answer.text ?? '') };
  }

  /** Sends a body as it is, with its type; the token goes as a header. */
  async send(path: string, body: Buffer, type: string, asking: Asking = {}) {
    const headers = { 'x-csrf-token': await this.token(), 'content-type': type, ...asking.headers };
    const answer = this.#keep(await this.#ask(request(this.#server).post(path), { ...asking, headers }).send(body));
    return { status: answer.status, answer, $: load(answer.text ?? '') };
  }

  /** Saves a picture of the given kind by upload and answers its JSON. */
  async save(form: Record<string, unknown> = {}, wanted: Picture = {}): Promise<ImageJson> {
    const bytes = await picture({ seed: ++seeds, ...wanted });
    const answer = await this.post('/images/create', form, { json: true, file: { bytes } });
    if (answer.status !== 201) throw new Error(`saving answered ${answer.status} ${answer.text}`);
    return (answer.body as { image: ImageJson }).image;
  }

  async image(id: number): Promise<ImageJson> {
    const first = await this.get(`/images/${id}`, { json: true });
    const answer = first.status === 301 ? await this.get(first.headers['location'] ?? '', { json: true }) : first;
    return (answer.body as { image: ImageJson }).image;
  }
}

/** Each picture that `save` makes is another one. */
let seeds = 0;

export interface TierJson {
  url: string;
  width: number;
  height: number;
  bytes: number;
  type: string;
}

export interface ImageJson {
  id: number;
  title: string;
  slug: string;
  url: string;
  state: string;
  quality: string;
  width: number;
  height: number;
  visibility: string;
  username: string | null;
  created_at: string;
  source_url: string | null;
  page_url: string | null;
  tiers: Record<string, TierJson>;
  show_name?: boolean;
  resolution?: string;
  tags?: string[];
  provenance?: { title: string; [name: string]: unknown };
}

/** The address that the server listens on, for what speaks to it without supertest. */
export const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
