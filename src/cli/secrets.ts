import { sealAnew } from '../accounts/index.ts';
import { randomToken } from '../lib/secret.ts';
import { createVault } from '../lib/vault.ts';
import { words } from '../lib/words/index.ts';
import { keepNewest, putInFront, readSecrets } from '../secrets.ts';
import type { AddCommands, Desk } from './desk.ts';

export const addSecrets: AddCommands = (program, atDesk) => {
  const secrets = program.command('secrets').description(words('cli.secrets'));
  secrets
    .command('rotate')
    .description(words('cli.secrets_rotate'))
    .option('--drop-old', words('cli.secrets_drop'))
    .action(({ dropOld = false }: { dropOld?: boolean }) => atDesk(dropOld ? dropOldSecrets : rotateSecrets));
};

/** Puts a new secret in front of those that are known: what they signed and sealed stays good. Takes effect with the next start. */
export async function rotateSecrets({ config: { secrets, dataDir }, print }: Desk) {
  if (secrets.length > 0) return print(words('cli.secrets_set', { secret: randomToken() }));
  const count = await putInFront(dataDir, randomToken());
  print(words('cli.secrets_rotated', { count }));
}

/** Seals with the newest secret what older ones have sealed, and then does away with those. */
export async function dropOldSecrets({ config, db, print }: Desk) {
  const secrets = await readSecrets(config.secrets, config.dataDir);
  const { sealed, lost } = await sealAnew(db, createVault(secrets));
  print(words('cli.secrets_sealed', { count: sealed }));
  if (lost > 0) print(words('cli.secrets_lost', { count: lost }));
  if (config.secrets.length > 0) return print(words('cli.secrets_take_out'));
  await keepNewest(config.dataDir);
  print(words('cli.secrets_dropped'));
}
