import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash, X509Certificate } from 'node:crypto';
import { builtDir } from '../../src/lib/root.ts';

/** The site as people start it: a process of its own, over HTTPS with its own certificates. */
export interface SiteProcess {
  base: string;
  folder: string;
  child: ChildProcess;
  /** What it has printed. */
  printed(): string;
  /** The authority's certificate (PEM), and its key's hash for Chromium. */
  authority(): Promise<{ pem: string; keyHash: string }>;
  /** Ends it without a chance to tidy up, and waits until it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same folder and port. */
  again(env?: Record<string, string>): Promise<SiteProcess>;
  /** Ends it and removes its folder. */
  end(): Promise<void>;
}

/** A port of 127.0.0.1 that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Several processes on a loaded machine take their time. */
const START_MS = 120_000;

/** A site that was just started, ready or not. */
export interface StartingSite {
  base: string;
  child: ChildProcess;
  printed(): string;
  /** Resolves when it has printed where it is; fails with what it said when it ends before. */
  started: Promise<void>;
  /** Its exit code, or the signal that ended it. */
  gone: Promise<number | string>;
}

/** Starts a site in a fresh folder; resolves when it has printed where it is. `port`: where others must know it before. */
export async function startProcess(env: Record<string, string> = {}, port?: number): Promise<SiteProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'bowerbird-process-'));
  return launch(folder, port ?? (await freePort()), env);
}

/** Starts a site in a folder, and does not wait for it. */
export function spawnSite(folder: string, port: number, env: Record<string, string> = {}): StartingSite {
  const base = `https://localhost:${port}`;
  const { PATH = '', BOWERBIRD_TEST_RUN = '' } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', join(builtDir, 'src', 'main.js')], {
    cwd: folder,
    env: { PATH, BOWERBIRD_TEST_RUN, PORT: String(port), LIMITS: 'off', WORKERS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const gone = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
  });
  const started = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the site did not start:\n${text}`)), START_MS);
    child.stdout.on('data', () => text.includes(`${base}/account/register`) && (clearTimeout(timer), resolve()));
    void gone.then(() => (clearTimeout(timer), reject(new Error(`the site ended:\n${text}`))));
  });
  started.catch(() => {});
  return { base, child, printed: () => text, started, gone };
}

async function launch(folder: string, port: number, env: Record<string, string>): Promise<SiteProcess> {
  const { base, child, printed, started, gone } = spawnSite(folder, port, env);
  await started.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const site: SiteProcess = {
    base,
    folder,
    child,
    printed,
    async authority() {
      const pem = await readFile(join(folder, 'certs', 'ca.pem'), 'utf8');
      const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
      return { pem, keyHash: createHash('sha256').update(spki).digest('base64') };
    },
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
    again: (more = env) => launch(folder, port, more),
    async end() {
      await site.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
  return site;
}
