import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, type Config } from '../../config.ts';
import { words, type Params, type WordKey } from '../../lib/words/index.ts';
import { changeBrowserStores } from './browsers.ts';
import { ensureCertificates } from './certificates.ts';
import { runAll, typed, type Command, type Surroundings } from './command.ts';
import { reasonOf } from './faults.ts';
import { FILES } from './files.ts';
import { systemStore, type Anchor } from './stores.ts';

const STEPS: readonly WordKey[] = [
  'trust.steps_debian',
  'trust.steps_fedora',
  'trust.steps_macos',
  'trust.steps_windows',
  'trust.steps_chrome',
  'trust.steps_firefox',
  'trust.steps_safari',
  'trust.steps_iphone',
  'trust.steps_android',
  'trust.steps_tools',
];

function anchorOf(pem: string, path: string): Anchor {
  const cert = new X509Certificate(pem);
  const digits = cert.fingerprint256.replaceAll(':', '').toLowerCase();
  return {
    path,
    name: `bowerbird-${digits.slice(0, 8)}`,
    subject: /^CN=(.*)$/m.exec(cert.subject)?.[1] ?? '',
    sha1: cert.fingerprint.replaceAll(':', ''),
  };
}

const hostOf = ({ baseUrl }: Config) => new URL(baseUrl).hostname;

function printSteps(anchor: Anchor, config: Config, print: Surroundings['print']): void {
  const params = { path: typed([anchor.path]), name: anchor.name, url: config.baseUrl };
  print('\n' + words('trust.steps', params));
  for (const key of STEPS) print('\n' + words(key, params));
}

/** Says how one store went; true when it is done. */
function report(
  done: WordKey,
  store: string,
  fault: string | null,
  commands: readonly Command[],
  around: Surroundings,
) {
  if (fault === null) around.print(words(done, { store }));
  else {
    around.print(words('trust.failed', { store, reason: fault }));
    around.print(words('trust.by_hand', { commands: commands.map((one) => `  ${typed(one)}`).join('\n') }));
  }
  return fault === null;
}

async function changeSystem(anchor: Anchor, verb: 'add' | 'remove', done: WordKey, around: Surroundings) {
  const store = systemStore(anchor, around);
  if (!store) {
    around.print(words('trust.no_system_store'));
    return false;
  }
  if (store[verb].length === 0) return true;
  return report(done, words(store.label), await runAll(store[verb], around), store[verb], around);
}

async function changeBrowsers(anchor: Anchor, verb: 'add' | 'remove', done: WordKey, around: Surroundings) {
  const outcomes = await changeBrowserStores(anchor, verb, around);
  if (!outcomes) {
    around.print(words('trust.needs_certutil'));
    return false;
  }
  return outcomes
    .map(({ store, fault, command }) =>
      report(done, words('trust.store_browser', { dir: store }), fault, [command], around),
    )
    .every(Boolean);
}

async function trust(config: Config, onlyPrint: boolean, around: Surroundings): Promise<void> {
  const { ca, hosts, made } = await ensureCertificates({ dir: config.certsDir, hosts: [hostOf(config)] });
  const anchor = anchorOf(ca.pem, ca.path);
  around.print(words('trust.authority', { path: ca.path, fingerprint: ca.fingerprint }));
  around.print(words('trust.constrained', { hosts: hosts.join(', ') }));
  if (made) around.print(words('trust.made'));
  if (onlyPrint) return printSteps(anchor, config, around.print);
  around.print('');
  const system = await changeSystem(anchor, 'add', 'trust.done', around);
  const browsers = await changeBrowsers(anchor, 'add', 'trust.done', around);
  if (system && browsers) around.print(words('trust.more'));
  else printSteps(anchor, config, around.print);
  around.print('\n' + words('trust.restart', { url: config.baseUrl }));
}

async function distrust(config: Config, around: Surroundings): Promise<void> {
  const path = join(config.certsDir, FILES.caCert);
  const pem = await readFile(path, 'utf8').catch(() => null);
  if (pem === null) return around.print(words('trust.nothing_to_remove', { path }));
  const anchor = anchorOf(pem, path);
  await changeSystem(anchor, 'remove', 'trust.removed', around);
  await changeBrowsers(anchor, 'remove', 'trust.removed', around);
  around.print(words('trust.removed_all'));
}

function refusal(options: readonly string[], config: Config, around: Surroundings): [WordKey, Params] | null {
  const known = options.every((option) => option === '--print' || option === '--remove');
  if (!known || options.length > 1) return ['trust.bad_option', {}];
  if (config.tls.mode !== 'auto') return ['trust.not_ours', { value: around.env['TLS'] ?? '' }];
  // Files made as root would be out of the site's reach, and root's browsers are nobody's.
  if (around.uid === 0 && around.env['SUDO_USER'] && options[0] !== '--print') return ['trust.under_sudo', {}];
  return null;
}

/**
 * `npm run trust`: adds the local authority to the system's and the browsers' stores where it can, and prints the
 * steps for all of them where it cannot. `--print` only prints, `--remove` takes it out again.
 * @returns the exit code: 1 where an option or a setting is wrong; never throws
 */
export async function runTrust(options: readonly string[], around: Surroundings): Promise<number> {
  try {
    const config = readConfig(around.env);
    const refused = refusal(options, config, around);
    if (refused) {
      around.print(words(...refused));
      return 1;
    }
    if (options[0] === '--remove') await distrust(config, around);
    else await trust(config, options[0] === '--print', around);
    return 0;
  } catch (cause) {
    const sentence = cause instanceof Error && /^(?:WrongSetting|TlsFault)$/.test(cause.name);
    around.print(sentence ? cause.message : words('trust.bug', { reason: reasonOf(cause) }));
    return 1;
  }
}
