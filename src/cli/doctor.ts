import type { Command } from 'commander';
import { readConfig, type Config } from '../config.ts';
import { WrongSetting, type Environment } from '../lib/settings.ts';
import { words } from '../lib/words/index.ts';
import { checkCertificates } from './doctor/certificates.ts';
import { checkDatabase } from './doctor/database.ts';
import { checkFolder, checkNode, checkRedis, checkRoom, checkSecret, checkStorage } from './doctor/machine.ts';
import { ok, wrong, type Finding } from './finding.ts';

type Print = (line: string) => void;

export function addDoctor(program: Command, env: Environment, print: Print, result: (well: boolean) => void) {
  program
    .command('doctor')
    .description(words('cli.doctor'))
    .action(async () => result(await examine(env, print)));
}

/** Looks at everything that the site stands on, and changes nothing. Prints a line each; answers whether all is well. */
export async function examine(env: Environment, print: Print): Promise<boolean> {
  let well = true;
  const tell = ({ state, said, params }: Finding) => {
    if (state === 'wrong') well = false;
    print(`${words(`doctor.${state}`)}\t${words(said, params)}`);
  };
  const config = readSettings(env, tell);
  tell(checkNode(process.versions.node));
  if (!config) return false;
  for (const look of [checkFolder, checkSecret, checkRoom, checkStorage, checkRedis, checkCertificates])
    for (const finding of [await look(config)].flat()) tell(finding);
  for (const finding of await checkDatabase(config)) tell(finding);
  return well;
}

function readSettings(env: Environment, tell: (finding: Finding) => void): Config | null {
  try {
    const config = readConfig(env);
    tell(ok('doctor.settings', { url: config.baseUrl }));
    return config;
  } catch (error) {
    if (!(error instanceof WrongSetting)) throw error;
    tell(wrong('doctor.settings_wrong', { reason: error.message }));
    return null;
  }
}
