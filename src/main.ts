import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig, type Config } from './config.ts';
import { WrongSetting } from './lib/settings.ts';
import type { Log } from './lib/log.ts';
import { words } from './lib/words/index.ts';
import {
  certificateHosts,
  createListener,
  fileSource,
  listenHosts,
  ownSource,
  TlsFault,
  type CertificateSource,
  type Listener,
} from './net/tls/index.ts';
import { isFirst, isOneOfSeveral, NeverLived, runProcesses, tellUp } from './processes.ts';
import { startSite, type RunningSite } from './start.ts';

/** How long requests and jobs may go on after a request to stop. */
const GRACE_MS = 8000;

async function main() {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, redact: ['*.password', '*.token', '*.cookie'] }) as unknown as Log;
  if (isFirst(config)) {
    warnOfOldNode(log);
    const authority = await authorityOf(config, log);
    return runProcesses(config, log, () => greet(config, authority));
  }
  if (!isOneOfSeveral()) warnOfOldNode(log);
  const running = await startSite(config, log, { probed: isOneOfSeveral() });
  void running.diskFailed.then((error) => leaveAtOnce(error, log));
  if (config.role === 'worker') {
    tellUp();
    return stopOnSignal(running, null, log);
  }
  const { listener, authority } = await listen(config, running, log).catch(async (error: unknown) => {
    await running.close(0);
    throw error;
  });
  tellUp();
  stopOnSignal(running, listener, log);
  // Whoever reads this may stop it at once.
  if (!isOneOfSeveral()) greet(config, authority);
}

/** The certificates are made before several processes ask for them at once. */
const authorityOf = async (config: Config, log: Log) => (await certificatesOf(config, log)).authority;

async function listen(
  config: Config,
  running: RunningSite,
  log: Log,
): Promise<{ listener: Listener; authority: string | undefined }> {
  const { certificates, authority } = await certificatesOf(config, log);
  const listener = await createListener({
    mode: config.tls.mode === 'off' ? 'plain' : 'tls',
    hosts: listenHosts(config.host),
    port: config.port,
    ...(certificates ? { certificates } : {}),
    handler: running.handler,
    baseUrl: config.baseUrl,
    log,
  });
  return { listener, authority };
}

async function certificatesOf(
  config: Config,
  log: Log,
): Promise<{ certificates?: CertificateSource; authority?: string }> {
  const { tls, certsDir, baseUrl } = config;
  if (tls.mode === 'off') return {};
  if (tls.mode === 'files') return { certificates: await fileSource(tls.cert, tls.key) };
  const own = await ownSource({ dir: certsDir, hosts: certificateHosts([new URL(baseUrl).hostname]) }, log);
  return { certificates: own, authority: own.certificates.ca.path };
}

/** What a person reads who has just started the site: where it is, how to trust it, and what to do first. */
function greet({ baseUrl, dataDir, mail }: Config, authority: string | undefined) {
  const lines = [words('start.at', { url: baseUrl }), words('start.join', { url: `${baseUrl}/account/register` })];
  if (authority) lines.push(words('start.authority', { path: authority }), words('start.trust'));
  lines.push(words('start.data', { path: dataDir }));
  if (!mail.smtp) lines.push(words('start.mail', { path: join(dataDir, 'mail') }));
  process.stdout.write(`\n${lines.map((line) => `  ${line}`).join('\n')}\n\n`);
}

/** Whoever begins processes begins this one again, on what the disk has. */
function leaveAtOnce(error: Error, log: Log) {
  log.error({ err: error }, 'the disk did not take what the database wrote: this process ends');
  process.exit(1);
}

function stopOnSignal(running: RunningSite, listener: Listener | null, log: Log) {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    running.leave();
    // Both at once: a slow upload must not use up the time of the jobs, nor new jobs begin meanwhile.
    await Promise.all([listener?.close(GRACE_MS), running.worker?.stop(GRACE_MS)]);
    await running.close(0);
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

/** Releases that get no more security fixes (nodejs.org/en/about/previous-releases). */
const PAST_ITS_END = 20;

function warnOfOldNode(log: Log) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major <= PAST_ITS_END) log.warn({ node: process.versions.node }, words('start.old_node'));
}

main().catch((error: unknown) => {
  if (error instanceof NeverLived) process.exit(1);
  const known =
    error instanceof WrongSetting ||
    error instanceof TlsFault ||
    (error instanceof Error && /^[A-Z_]+: /.test(error.message));
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exit(1);
});
